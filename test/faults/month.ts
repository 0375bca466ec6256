import { ApiClient } from '../../tools/sample/api-client';
import { admin, operator } from '../../tools/sample/operator';
import { signIn } from '../../tools/sample/sample-tenant';
import { type BillRunView, SampleStory } from '../../tools/sample/sample-story';
import { eventually } from './eventually';
import { patiently } from './patiently';

/** About 40 SIMs on all five plans, with most ways in which a payment can go. */
const size = 0.2;
const january = { from: '2026-01-01T05:00:00.000Z', to: '2026-02-01T05:00:00.000Z' };
const cutOffOn = '2026-02-01';
/** The last day of the month to be billed: January itself is in the usage file, nobody has to live through it. */
const clockStartsAt = '2026-01-31T05:00:00.000Z';

const CLOCK_EVERY_MS = 250;

export interface MonthPlan {
  apiUrl: string;
  operatorKey: string;
  seed: number;
  records: number;
  size?: number;
  approval?: 'required' | 'automatic';
}

interface OpenedSandbox {
  tenant: { tenantId: string };
  admin: { oneTimePassword: string };
}

/** January of one small sandbox tenant, told step by step through the API, whatever happens to the server meanwhile. */
export class Month {
  importId = '';

  private constructor(
    readonly tenantId: string,
    readonly api: ApiClient,
    readonly story: SampleStory,
    private readonly records: number,
  ) {}

  static async open({
    apiUrl,
    operatorKey,
    seed,
    records,
    size: wanted = size,
    approval,
  }: MonthPlan): Promise<Month> {
    const { tenant, admin: user } = await new ApiClient(apiUrl, null, operatorKey).post<OpenedSandbox>(
      '/v1/identity/sandboxes',
      { ...operator, admin, clockStartsAt },
    );
    const { tenantId } = tenant;
    const api = await signIn(apiUrl, { tenantId, email: admin.email, oneTimePassword: user.oneTimePassword });
    const story = new SampleStory(api, () => undefined, seed);
    const month = new Month(tenantId, api, story, records);
    await story.loadCatalog();
    await story.createCycle(approval);
    // Cards are stored with payments, which hears of new accounts a moment after customers took them.
    await eventually('the subscribers are loaded', () => story.loadSubscribers(wanted).then(() => true), {
      limitMs: 60_000,
    });
    await month.advance('2026-01-31T22:00:00.000Z');
    return month;
  }

  async importUsage(): Promise<void> {
    const usage = { ...january, records: this.records };
    this.importId = await patiently('the usage file is taken', () => this.story.uploadUsage(usage));
    await this.advance('2026-02-01T04:00:00.000Z');
  }

  /** The cut-off passes and the run waits for its approval. */
  async draft(): Promise<void> {
    await this.advance('2026-02-01T12:00:00.000Z');
  }

  async approve(): Promise<void> {
    const { id } = await this.run();
    await patiently('the run is approved', () => this.story.approve(id));
  }

  /** Numbered, rendered, mailed. */
  async deliver(): Promise<void> {
    await this.advance('2026-02-01T17:30:00.000Z');
  }

  /** Those without a card pay; cards are charged on the due date, and collections open for those that fail. */
  async collect(until = '2026-02-17T17:00:00.000Z'): Promise<void> {
    const at = '2026-02-10T15:00:00.000Z';
    await this.advance(at);
    for (const { externalId } of this.story.withPayment(null)) {
      await patiently('a transfer is recorded', () => this.story.payByBank(externalId, at));
    }
    await this.advance(until);
  }

  run(): Promise<BillRunView> {
    return patiently('the run is shown', () => this.story.run(cutOffOn));
  }

  /** Moves the sandbox's clock and waits until it is there; an answer that got lost is no matter. */
  async advance(to: string): Promise<void> {
    if ((await this.clock()).now >= to) return;
    await patiently('the clock takes its order', async () => {
      const { target } = await this.clock();
      if (target < to) await this.api.post('/v1/test-clock/advance', { to });
    });
    await eventually(
      `${this.tenantId}'s clock shows ${to}`,
      async () => {
        const { now, status, blockedBy } = await this.clock();
        if (status === 'blocked') throw new Error(`it waits for ${JSON.stringify(blockedBy)}`);
        return now >= to && status === 'ready';
      },
      { everyMs: CLOCK_EVERY_MS },
    );
  }

  private clock(): Promise<{ now: string; target: string; status: string; blockedBy: object[] }> {
    return patiently('the clock answers', () => this.api.get('/v1/test-clock'));
  }
}
