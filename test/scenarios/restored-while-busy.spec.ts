import { eventually } from '../faults/eventually';
import { CollectionDesk } from './collections-language';
import { Operator, type Subscriber } from './operator';
import { paymentsOf, setFault } from './payments-language';

/** Enough to keep every stage of a bill-run and of auto-pay at work for seconds. */
const crowdSize = 200;
const together = 20;
/** Each charge of the crowd takes so long: seven rounds of 32. */
const gatewayLatencyMs = 800;
/** Issue 7: within seconds of the payment. */
const withinMs = 20_000;

const debtors = ['duringDrafts', 'duringDelivery', 'duringCharges'];

/** Bills of January 4 are due on the 6th and barred on the 8th; those of the crowd are made on the 9th, due on the 11th. */
describe('service comes back while mass work is on', () => {
  let operator: Operator;
  let crowdCycleId = '';
  let barred: Record<string, Subscriber>;

  beforeAll(async () => {
    operator = await Operator.open({ anchorDay: 4 });
    await new CollectionDesk(operator).policy('default', [
      { levelId: 'd1', daysOverdue: 1, actions: [{ kind: 'sendMessage', template: 'reminder1' }] },
      { levelId: 'd2', daysOverdue: 2, actions: [{ kind: 'restrict', state: 'barOutgoing' }] },
    ]);
    barred = await operator.subscribersNamed('smart-5', debtors, { termsDays: 2 });
    crowdCycleId = await operator.addCycle('The crowd', { anchorDay: 9 });
    await operator.settle();
    operator.cycleId = crowdCycleId;
    const names = Array.from({ length: crowdSize }, (_, no) => `crowd${no}`);
    const crowd = Object.values(await operator.subscribersNamed('smart-5', names, { termsDays: 2 }));
    for (let from = 0; from < crowd.length; from += together)
      await Promise.all(
        crowd
          .slice(from, from + together)
          .map(({ accountId }, no) => operator.card(accountId, `tok_ok.crowd-${from + no}`)),
      );
  });
  afterAll(() => setFault(operator, '', null));

  const who = (name: string): Subscriber => barred[name] as Subscriber;

  /** At the bank; answers once the network itself has the SIM active again. */
  async function paysAndIsRestored(name: string): Promise<void> {
    const [bill] = await operator.bills(who(name));
    const { now } = await operator.api.get<{ now: string }>('/v1/test-clock');
    const startedAt = performance.now();
    await operator.api.post('/v1/payments/payments', {
      ...{ accountId: who(name).accountId, method: 'bank', reference: `transfer of ${name}` },
      ...{ receivedAt: now, amount: { minor: bill?.open.minor ?? 0, currency: 'USD' } },
    });
    const isActive = async () => (await operator.inNetwork(who(name))) === 'active';
    await eventually(`${name} is restored`, isActive, { limitMs: 60_000 });
    const tookMs = performance.now() - startedAt;
    process.stdout.write(`${name}: paid, and restored in the network after ${Math.round(tookMs)} ms\n`);
    expect(tookMs).toBeLessThan(withinMs);
  }

  const runState = async (): Promise<string> => {
    const { data } = await operator.api.get<{ data: { state: string }[] }>(
      `/v1/invoicing/runs?cycleId=${crowdCycleId}`,
    );
    return data[0]?.state ?? 'none';
  };
  const charged = async (): Promise<number> =>
    (await operator.charges()).filter(({ token }) => token.includes('.crowd-')).length;

  it('Jan 8: all three are barred in the network', async () => {
    await operator.until('2026-01-08T20:00:00.000Z');
    for (const name of debtors) expect(await operator.inNetwork(who(name))).toBe('barOutgoing');
  });

  it('Jan 9: paid while a bill-run drafts, and while it delivers, restored while it still does', async () => {
    const run = operator.until('2026-01-09T20:00:00.000Z');
    await eventually('the run drafts', async () => (await runState()) === 'drafting');
    await paysAndIsRestored('duringDrafts');
    expect(['drafting', 'checking', 'finalizing', 'delivering']).toContain(await runState());
    await eventually('the run delivers', async () => (await runState()) === 'delivering');
    await paysAndIsRestored('duringDelivery');
    expect(await runState()).toBe('delivering');
    await run;
  });

  it('Jan 11: paid while auto-pay charges the crowd, restored before the crowd is through', async () => {
    await operator.until('2026-01-10T20:00:00.000Z');
    await setFault(operator, '', { latencyMs: gatewayLatencyMs });
    const day = operator.until('2026-01-11T20:00:00.000Z');
    await eventually('the first charges are made', async () => (await charged()) > 0);
    await paysAndIsRestored('duringCharges');
    expect(await charged()).toBeLessThan(crowdSize);
    await day;
    expect(await charged()).toBe(crowdSize);
    for (const name of debtors) expect(await paymentsOf(operator, who(name))).toHaveLength(1);
  });
});
