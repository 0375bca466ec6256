import { beforeAll, afterAll, describe, expect, it, jest } from '@jest/globals';
import { expectAuditToHold } from './audit';
import { booksOf, type Books, withoutFickleGateways } from './books';
import { eventually } from './eventually';
import { FaultStack } from './fault-stack';
import { Month } from './month';

jest.setTimeout(420_000);

const seed = 11;
/** Three batches of the import. */
const records = 4_500;

interface KillPoint {
  name: string;
  /** Seen in the rows of the owner: now is the middle of it. */
  isThere: (faults: FaultStack, tenantId: string) => Promise<unknown>;
}

const runIn =
  (...states: string[]): KillPoint['isThere'] =>
  (faults, tenantId) =>
    faults.rows('invoicing', 'billRuns').findOne({ tenantId, state: { $in: states } });

const duringImport = (least: number): KillPoint => ({
  name: `import past ${least} records`,
  isThere: (faults, tenantId) =>
    faults
      .rows('rating', 'usageImports')
      .findOne({ tenantId, 'counts.received': { $gte: least, $lt: records } }),
});
const duringDrafting: KillPoint = { name: 'drafting', isThere: runIn('drafting') };
const duringFinalizing: KillPoint = { name: 'finalizing', isThere: runIn('finalizing') };
const duringDelivery: KillPoint = {
  name: 'delivery',
  isThere: (faults, tenantId) =>
    faults.rows('notifications', 'messages').findOne({ tenantId, template: 'invoice', state: 'sending' }),
};
const duringPayment: KillPoint = {
  name: 'payment',
  isThere: (faults, tenantId) =>
    faults.rows('payments', 'attempts').findOne({ tenantId, purpose: 'invoice', state: 'created' }),
};

/** Two months go on side by side, so that each is hit in its own middle and anywhere by the other's. */
const plans: { importing: KillPoint; drafting?: KillPoint; finalizing?: KillPoint; paying?: KillPoint }[] = [
  { importing: duringImport(1), finalizing: duringFinalizing, paying: duringPayment },
  { importing: duringImport(2_500), drafting: duringDrafting, finalizing: duringDelivery },
];

describe('kill -9 of the all-in-one process', () => {
  let faults: FaultStack;
  let undisturbed: Books;

  const open = () =>
    Month.open({
      apiUrl: faults.apiUrl,
      operatorKey: faults.stack.environment['OPERATOR_KEY'] ?? '',
      seed,
      records,
    });

  /** Does the step; in the middle of it the process is killed and started again. */
  async function killedIn(
    point: KillPoint | undefined,
    month: Month,
    step: () => Promise<void>,
  ): Promise<void> {
    const kill = async () => {
      if (!point) return;
      await eventually(point.name, () => point.isThere(faults, month.tenantId), { everyMs: 2 });
      if (process.env['FAULTS_VERBOSE'])
        process.stderr.write(
          `${new Date().toISOString().slice(14, 19)} kill ${month.tenantId} ${point.name}\n`,
        );
      await faults.killApp();
    };
    await Promise.all([step(), kill()]);
  }

  beforeAll(async () => {
    faults = await FaultStack.start();
    const month = await open();
    await month.importUsage();
    await month.draft();
    await month.approve();
    await month.deliver();
    await month.collect();
    undisturbed = withoutFickleGateways(await booksOf(faults, month), month);
  });
  afterAll(() => faults.stop());

  it('in the middle of the import, the bill-run and the payments: the months end as if nothing had happened', async () => {
    const months = await Promise.all(plans.map(open));
    const kill = (index: number) => plans[index] ?? {};
    await Promise.all(
      months.map(async (month, index) => {
        const { importing, drafting, finalizing, paying } = kill(index) as (typeof plans)[number];
        await killedIn(importing, month, () => month.importUsage());
        await killedIn(drafting, month, () => month.draft());
        await killedIn(finalizing, month, async () => {
          await month.approve();
          await month.deliver();
        });
        await killedIn(paying, month, () => month.collect());
      }),
    );
    expect(faults.kills).toBe(6);
    for (const month of months) {
      const books = withoutFickleGateways(await booksOf(faults, month), month);
      expect(books.usage).toEqual(undisturbed.usage);
      expect(books.invoices).toEqual(undisturbed.invoices);
      expect(books.attempts).toEqual(undisturbed.attempts);
      expect(books.payments).toEqual(undisturbed.payments);
      expect(books.collections).toEqual(undisturbed.collections);
      expect(books.messages).toEqual(undisturbed.messages);
    }
    await expectAuditToHold(faults.stack);
  });
});
