import { formatMoney, money } from '@tollkeeper/money';
import type { ApiClient } from './api-client';
import type { BillRunView, SampleStory } from './sample-story';

export type Say = (line: string) => void;

interface Month {
  name: string;
  from: string;
  /** Local midnight of the cut-off as a UTC instant. */
  to: string;
  cutOffOn: string;
  records: number;
}

/** Three months in New York: the third crosses the change to daylight saving time. */
export const months: [Month, Month, Month] = [
  {
    name: 'January',
    from: '2026-01-01T05:00:00.000Z',
    to: '2026-02-01T05:00:00.000Z',
    cutOffOn: '2026-02-01',
    records: 20_000,
  },
  {
    name: 'February',
    from: '2026-02-01T05:00:00.000Z',
    to: '2026-03-01T05:00:00.000Z',
    cutOffOn: '2026-03-01',
    records: 6_000,
  },
  {
    name: 'March',
    from: '2026-03-01T05:00:00.000Z',
    to: '2026-04-01T04:00:00.000Z',
    cutOffOn: '2026-04-01',
    records: 6_000,
  },
];

const hourMs = 3_600_000;

/** Tells what happens on which day; the days are the sandbox's. */
export class Diary {
  constructor(
    private readonly story: SampleStory,
    private readonly api: ApiClient,
    private readonly say: Say,
  ) {}

  async opening(): Promise<void> {
    this.day('2026-01-01', 'Pinewood Mobile opens for business');
    await this.story.loadCatalog();
    await this.story.createCycle();
    await this.advance('2026-01-01T06:00:00.000Z');
    await this.story.loadSubscribers();
  }

  /** Usage comes in, the cycle is cut, checked and approved; bills are numbered, rendered and mailed. */
  async bill(month: Month): Promise<BillRunView> {
    await this.advance(before(month.to, 7));
    this.day(before(month.to, 7).slice(0, 10), `the usage file of ${month.name} comes in`);
    const importId = await this.story.uploadUsage(month);
    await this.advance(before(month.to, 1));
    const { counts } = await this.api.get<{ counts: Record<string, number> }>(
      `/v1/rating/usage-imports/${importId}`,
    );
    this.say(`   ${sentence(counts)}`);
    await this.advance(after(month.to, 7));
    const run = await this.story.run(month.cutOffOn);
    const { review } = run;
    if (run.state !== 'pendingApproval' || !review)
      throw new Error(`the run of ${month.cutOffOn} is ${run.state}, not pendingApproval`);
    this.day(
      month.cutOffOn,
      `the ${month.name} run has drafted ${review.invoices} bills of ${formatMoney(money(review.totalMinor, review.currency))}`,
    );
    await this.checkPreview(run);
    await this.story.approve(run.id);
    await this.advance(after(month.to, 12));
    this.say('   approved: numbered, posted, rendered as PDF and mailed');
    return run;
  }

  /** Those without a card pay by transfer; the diary names how many. */
  async transfers(at: string, externalIds: string[]): Promise<void> {
    await this.advance(at);
    let paid = 0;
    for (const externalId of externalIds) paid += await this.story.payByBank(externalId, at);
    await this.advance(after(at, 1));
    this.day(
      at.slice(0, 10),
      `${externalIds.length} accounts paid ${formatMoney(money(paid, 'USD'))} by bank transfer`,
    );
  }

  /** A subscriber whose card never worked stores another one and pays. */
  async newCard(at: string, externalId: string): Promise<void> {
    await this.advance(at);
    await this.story.payNowWith(externalId, `tok_ok.${externalId}-new`);
    await this.advance(after(at, 1));
    this.day(at.slice(0, 10), `${externalId} stored another card and paid with it at once`);
  }

  /** Lets days pass and says how the debts stand. */
  async debts(at: string, what: string): Promise<void> {
    await this.advance(at);
    const cases = await this.story.collections();
    const open = cases.filter(({ state }) => state === 'open');
    const cured = cases.filter(({ outcome }) => outcome === 'cured').length;
    this.day(at.slice(0, 10), what);
    this.say(
      `   collections: ${open.length} open (${open.filter(({ restricted }) => restricted).length} restricted), ${cured} cured`,
    );
  }

  /** The dry run of one account must be the bill that the run drafted. */
  private async checkPreview(run: BillRunView): Promise<void> {
    const [account] = this.story.accounts;
    if (!account) return;
    const accountId = this.story.accountIdOf(account.externalId);
    const { id } = await this.api.post<{ id: string }>(`/v1/invoicing/cycles/${this.story.cycleId}/preview`, {
      accountId,
      cutOffOn: run.cutOffOn,
    });
    await this.advance(after(await this.now(), 0.1));
    const preview = await this.api.get<{ done: boolean; total: { minor: number; currency: string } }>(
      `/v1/invoicing/previews/${id}`,
    );
    if (!preview.done) throw new Error('the preview is not done');
    this.say(`   a dry run of ${account.externalId}: ${formatMoney(preview.total)}, nothing written`);
  }

  async advance(to: string): Promise<void> {
    if (to > (await this.now())) await this.api.advance(to);
  }

  private async now(): Promise<string> {
    return (await this.api.get<{ now: string }>('/v1/test-clock')).now;
  }

  private day(on: string, what: string): void {
    this.say(`${on}  ${what}`);
  }
}

export const after = (instant: string, hours: number): string =>
  new Date(Date.parse(instant) + hours * hourMs).toISOString();
const before = (instant: string, hours: number): string => after(instant, -hours);

const sentence = (counts: Record<string, number>): string =>
  Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${count.toLocaleString('en')} ${name}`)
    .join(', ');
