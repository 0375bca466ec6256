import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { expectAuditToHold } from './audit';
import { booksOf, withoutFickleGateways } from './books';
import { FaultStack } from './fault-stack';
import { Month } from './month';

jest.setTimeout(600_000);

const seed = 11;
const records = 3_000;

/** Seen in the rows of their owner: now is the middle of it. */
interface KillPoint {
  name: string;
  /** Which of the month's steps it lies in. */
  step: number;
  rows: [service: string, collection: string];
  sign: Record<string, unknown>;
}

const killPoints: KillPoint[] = [
  {
    name: 'the import',
    step: 0,
    rows: ['rating', 'usageImports'],
    sign: { 'counts.received': { $gt: 0, $lt: records } },
  },
  { name: 'drafting', step: 1, rows: ['invoicing', 'billRuns'], sign: { state: 'drafting' } },
  { name: 'finalizing', step: 2, rows: ['invoicing', 'billRuns'], sign: { state: 'finalizing' } },
  { name: 'delivery', step: 2, rows: ['notifications', 'messages'], sign: { state: 'sending' } },
];

const chargesAreOut: KillPoint = {
  name: 'the payments',
  step: 3,
  rows: ['payments', 'attempts'],
  sign: { purpose: 'invoice', state: 'created' },
};

const steps: ((month: Month) => Promise<void>)[] = [
  (month) => month.importUsage(),
  (month) => month.draft(),
  async (month) => {
    await month.approve();
    await month.deliver();
  },
];

/** One month goes undisturbed; then one for each kill point goes on until there, and all are hit by every kill. */
describe('kill -9 of the all-in-one process', () => {
  let faults: FaultStack;
  let undisturbed: Month;
  let months: { month: Month; point: KillPoint }[];

  const open = () =>
    Month.open({
      apiUrl: faults.apiUrl,
      operatorKey: faults.stack.environment['OPERATOR_KEY'] ?? '',
      seed,
      records,
    });
  const expected = async () => withoutFickleGateways(await booksOf(faults, undisturbed), undisturbed);

  async function killAt({ name, rows, sign }: KillPoint, { tenantId }: Month): Promise<void> {
    await faults.onceSeen(`the middle of ${name}`, rows, { tenantId, ...sign });
    await faults.killApp();
  }

  beforeAll(async () => {
    faults = await FaultStack.start();
    const [first, ...others] = await Promise.all([open(), ...killPoints.map(open)]);
    undisturbed = first;
    months = others.map((month, index) => ({ month, point: killPoints[index] as KillPoint }));
    for (const step of steps) await step(undisturbed);
    await undisturbed.collect();
    await Promise.all(
      months.map(async ({ month, point }) => {
        for (const step of steps.slice(0, point.step)) await step(month);
      }),
    );
  });
  afterAll(() => faults.stop());

  it('in the middle of the import and of the bill-run: every bill comes out as if nothing had happened', async () => {
    await Promise.all(
      months.flatMap(({ month, point }) => [
        killAt(point, month),
        (async () => {
          for (const step of steps.slice(point.step)) await step(month);
        })(),
      ]),
    );
    expect(faults.kills).toBe(killPoints.length);
    const { usage, invoices } = await booksOf(faults, undisturbed);
    const bills = ({ account, number, totalMinor, dueOn }: Record<string, unknown>) => ({
      account,
      number,
      totalMinor,
      dueOn,
    });
    for (const { month } of months) {
      const books = await booksOf(faults, month);
      expect(books.usage).toEqual(usage);
      expect(books.invoices.map(bills)).toEqual(invoices.map(bills));
    }
  });

  it('in the middle of the payments: months, debts and mails end as if nothing had happened', async () => {
    const [{ month } = { month: undisturbed }] = months;
    await Promise.all([killAt(chargesAreOut, month), ...months.map((each) => each.month.collect())]);
    const calm = await expected();
    for (const { month: hit } of months) {
      const books = withoutFickleGateways(await booksOf(faults, hit), hit);
      expect(books.invoices).toEqual(calm.invoices);
      expect(books.attempts).toEqual(calm.attempts);
      expect(books.payments).toEqual(calm.payments);
      expect(books.collections).toEqual(calm.collections);
      expect(books.messages).toEqual(calm.messages);
    }
  });

  it('and the audit holds', () => expectAuditToHold(faults.stack));
});
