import {
  networkAnswered,
  order,
  type OrderKind,
  orderProcessIdOf,
  orderSignals,
} from '@tollkeeper/contracts';
import { event, OrderDesk, type Script, WorkflowBench } from '@tollkeeper/testing';

const placedAt = '2026-01-10T12:00:00.000Z';
const due = {
  subscriptionId: 'sub_1',
  accountId: 'acc_1',
  offeringId: 'prepaid-30',
  amountMinor: 1500,
  currency: 'USD',
  from: placedAt,
  to: '2026-02-09T12:00:00.000Z',
};

const activated = [
  'reserveIdentifiers done',
  'takeDeposit done',
  'provision done',
  'firstCharge done',
  'activate done',
  'welcome done',
  'completed',
];

describe('an order', () => {
  let bench: WorkflowBench;
  let desk: OrderDesk;
  let charges: { attempt: number; at: string }[];
  let outcomes: string[];
  let deposits: string[];
  let refunds: string[];
  let lookAgain: (string | null)[];
  let events = 0;

  beforeAll(async () => void (bench = await WorkflowBench.start()));
  afterAll(() => bench.stop());

  const prepare = (script: Script = {}, effectiveAt = placedAt) => {
    desk = new OrderDesk(effectiveAt, script);
    [charges, outcomes, refunds, lookAgain, deposits] = [[], [], [], [], []];
    bench.answer({
      customers: {
        ...desk.activities,
        firstChargeOf: () => ({ due: outcomes.length > 0 ? due : null }),
        recordDeposit: ({ attempt, state }: { attempt: number; state: string }) =>
          void deposits.push(`${attempt}: ${state}`),
        creditToPayOut: () => ({ accountId: 'acc_1', endedAt: placedAt, accountEnds: true }),
      },
      payments: {
        chargeRenewals: ({ attempt, at }: { attempt: number; at: string }) => {
          charges.push({ attempt, at });
          return { outcomes: [{ subscriptionId: 'sub_1', state: outcomes.shift() }] };
        },
        chargeDeposit: ({ attempt, amountMinor }: { attempt: number; amountMinor: number }) => {
          deposits.push(`${attempt}: ${amountMinor}`);
          return { state: outcomes.shift(), paymentId: null };
        },
        refundCredit: ({ key }: { key: string }) => {
          refunds.push(key);
          return { refundId: 'ref_1' };
        },
      },
      invoicing: { finalBillOf: () => ({ lookAgainAt: lookAgain.shift() ?? null }) },
    });
  };

  const start = (tenantId: string, kind: OrderKind = 'activation') =>
    bench.start(order, { tenantId, at: placedAt, orderId: 'ord_1', kind });

  const tell = (tenantId: string, signal: keyof typeof orderSignals | 'networkAnswered', at = placedAt) =>
    bench.processes.signal(
      tenantId,
      orderProcessIdOf(tenantId, 'ord_1'),
      signal === 'networkAnswered' ? networkAnswered : orderSignals[signal],
      event(`${signal}-${events++}`, at),
    );

  /** Until nothing is under way at the instant; the next second begins only then. */
  let seconds = 0;
  const settled = (tenantId: string) =>
    bench.advance(tenantId, new Date(Date.parse(placedAt) + ++seconds * 1_000).toISOString());

  it('takes its steps in order and completes', async () => {
    prepare();
    const id = await start('sbx_order_success');
    expect(await bench.result(id)).toBe('completed');
    expect(desk.events).toEqual(activated);
  });

  it.each([
    ['reserveIdentifiers', ['reserveIdentifiers refused', 'reserveIdentifiers undone', 'failed']],
    [
      'provision',
      [
        'reserveIdentifiers done',
        'takeDeposit done',
        'provision refused',
        'provision undone',
        'takeDeposit undone',
        'reserveIdentifiers undone',
        'failed',
      ],
    ],
    [
      'activate',
      [
        'reserveIdentifiers done',
        'takeDeposit done',
        'provision done',
        'firstCharge done',
        'activate refused',
        'activate undone',
        'firstCharge undone',
        'provision undone',
        'takeDeposit undone',
        'reserveIdentifiers undone',
        'failed',
      ],
    ],
  ])('refused at %s it is undone in reverse order', async (step, expected) => {
    prepare({ [step]: ['refused'] });
    const tenantId = `sbx_order_undo_${step}`;
    const id = await start(tenantId);
    await settled(tenantId);
    expect(desk.facts.state).toBe('held');
    desk.turnBack('failed');
    await tell(tenantId, 'undoOrder');
    expect(await bench.result(id)).toBe('failed');
    expect(desk.events).toEqual(expected);
  });

  it('a declined first charge holds it; a retry charges again and completes', async () => {
    prepare();
    outcomes = ['declined', 'succeeded'];
    const id = await start('sbx_order_retry');
    await settled('sbx_order_retry');
    expect([desk.facts.state, desk.events.at(-1)]).toEqual(['held', 'firstCharge refused']);
    desk.retry();
    await tell('sbx_order_retry', 'retryOrder');
    expect(await bench.result(id)).toBe('completed');
    expect(charges.map(({ attempt }) => attempt)).toEqual([1, 2]);
  });

  it('nothing is provisioned before the deposit is there: declined it holds, retried it goes on', async () => {
    prepare();
    desk.deposit = { accountId: 'acc_1', key: 'ord_1/deposit', amountMinor: 5000, currency: 'USD' };
    outcomes = ['declined', 'unknown', 'succeeded', 'succeeded'];
    const id = await start('sbx_order_deposit');
    await settled('sbx_order_deposit');
    expect([desk.facts.state, desk.events]).toEqual([
      'held',
      ['reserveIdentifiers done', 'takeDeposit refused'],
    ]);
    desk.retry();
    await tell('sbx_order_deposit', 'retryOrder');
    await bench.advance('sbx_order_deposit', '2026-01-10T14:00:00.000Z');
    expect(await bench.result(id)).toBe('completed');
    expect(deposits).toEqual([
      ...['1: 5000', '1: declined'],
      ...['2: 5000', '2: unknown'],
      ...['2: 5000', '2: succeeded'],
    ]);
  });

  it('a payment whose outcome is unknown is asked for every hour, not charged again', async () => {
    prepare();
    outcomes = ['unknown', 'unknown', 'succeeded'];
    const id = await start('sbx_order_unknown');
    await bench.advance('sbx_order_unknown', '2026-01-10T15:00:00.000Z');
    expect(await bench.result(id)).toBe('completed');
    expect(charges).toEqual([
      { attempt: 1, at: '2026-01-10T12:00:00.000Z' },
      { attempt: 1, at: '2026-01-10T13:00:00.000Z' },
      { attempt: 1, at: '2026-01-10T14:00:00.000Z' },
    ]);
  });

  it('a network that is silent for hours is waited for, and does not hold up the clock', async () => {
    prepare({ provision: ['waiting'] });
    const id = await start('sbx_order_silent');
    await bench.advance('sbx_order_silent', '2026-01-10T20:00:00.000Z');
    expect(desk.events).toEqual(['reserveIdentifiers done', 'takeDeposit done', 'provision waiting']);
    await tell('sbx_order_silent', 'networkAnswered', '2026-01-10T20:00:00.000Z');
    expect(await bench.result(id)).toBe('completed');
    expect(desk.events.slice(3)).toEqual(activated.slice(2));
  });

  it('is undone while it waits for the network', async () => {
    prepare({ provision: ['waiting'] });
    const id = await start('sbx_order_giveup');
    await settled('sbx_order_giveup');
    desk.turnBack('failed');
    await tell('sbx_order_giveup', 'undoOrder');
    expect(await bench.result(id)).toBe('failed');
    expect(desk.events.slice(3)).toEqual([
      'provision undone',
      'takeDeposit undone',
      'reserveIdentifiers undone',
      'failed',
    ]);
  });

  it('waits for its day with its number reserved, and can be cancelled until then', async () => {
    const effectiveAt = '2026-01-31T15:00:00.000Z';
    prepare({}, effectiveAt);
    const id = await start('sbx_order_cancel');
    await bench.advance('sbx_order_cancel', '2026-01-31T14:00:00.000Z');
    expect(desk.events).toEqual(['reserveIdentifiers done']);
    desk.turnBack('cancelled');
    await tell('sbx_order_cancel', 'cancelOrder', '2026-01-31T14:00:00.000Z');
    expect(await bench.result(id)).toBe('cancelled');
    expect(desk.events.slice(1)).toEqual(['reserveIdentifiers undone', 'cancelled']);
  });

  it('of a live tenant waits on real time', async () => {
    const effectiveAt = new Date(Date.parse(await bench.liveNow()) + 86_400_000).toISOString();
    prepare({}, effectiveAt);
    const id = await start('ten_order_later');
    expect(await bench.result(id)).toBe('completed');
    expect(Date.parse(await bench.liveNow())).toBeGreaterThanOrEqual(Date.parse(effectiveAt));
  });

  it('a termination pays credit out once the final bill is there', async () => {
    prepare();
    lookAgain = ['2026-02-01T12:00:00.000Z', '2026-02-02T12:00:00.000Z'];
    const id = await start('sbx_order_credit', 'termination');
    await bench.advance('sbx_order_credit', '2026-02-01T13:00:00.000Z');
    expect(desk.events.at(-1)).toBe('payOutCredit waiting');
    expect(refunds).toEqual([]);
    await bench.advance('sbx_order_credit', '2026-02-02T13:00:00.000Z');
    expect(await bench.result(id)).toBe('completed');
    expect(refunds).toEqual(['ord_1/credit']);
  });
});
