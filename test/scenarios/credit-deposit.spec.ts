import { CreditOffice } from './credit-language';
import { Finance } from './ledger-language';
import { Operator } from './operator';
import { OrderCounter } from './orders-language';

const sim = (no: number) => [
  { kind: 'msisdn', value: `1518558000${no}` },
  { kind: 'imsi', value: `31099000080000${no}` },
  { kind: 'iccid', value: `890199000000080000${no}` },
];
const iccid = (no: number) => ({
  ...{ accountId: '', subscriptionId: '', msisdn: '' },
  iccid: sim(no)[2]?.value ?? '',
});

const nowhere = ['provision', 'firstCharge', 'activate', 'welcome']
  .map((step) => `${step} pending`)
  .join(', ');
const through = ['provision', 'firstCharge', 'activate', 'welcome'].map((step) => `${step} done`).join(', ');

/** The class of new customers demands 50.00, and gives it back after a good month. */
describe('a deposit', () => {
  let operator: Operator;
  let counter: OrderCounter;
  let office: CreditOffice;
  let finance: Finance;
  let ada: string;
  let leaver: string;
  let borrower: string;
  let both: string;

  beforeAll(async () => {
    operator = await Operator.open();
    [counter, office, finance] = [
      new OrderCounter(operator),
      new CreditOffice(operator),
      new Finance(operator),
    ];
    await office.class('new', { deposit: 5000, depositReturnMonths: 1 });
    await office.class('kept', { deposit: 5000 });
    await office.phonePlan('phone-month', { refundAfterMonths: 1 });
    await office.phonePlan('phone-kept', {});
  });

  const activate = (accountId: string, no: number, offeringId = 'smart-5') =>
    counter.place({ kind: 'activation', accountId, offeringId, identifiers: sim(no) });
  const end = async (accountId: string, planId: string) => {
    const { subscriptions } = await counter.account(accountId);
    const { subscriptionId = '' } = subscriptions.find(({ plans }) => plans[0]?.offeringId === planId) ?? {};
    await counter.place({ kind: 'termination', subscriptionId, reason: 'moves away' });
  };

  it('demanded and declined: nothing is provisioned; paid with another card the service starts', async () => {
    ada = await counter.customer({ card: 'hard' });
    await office.join(ada, 'new');
    const orderId = await activate(ada, 1);
    expect(await counter.told(orderId)).toBe(
      `held: reserveIdentifiers done, takeDeposit refused, ${nowhere}`,
    );
    expect(await counter.show(orderId)).toMatchObject({
      held: { step: 'takeDeposit', code: 'declined' },
      steering: ['retry', 'undo'],
    });
    expect(await office.deposit(ada)).toBe('0 of 5000');

    await operator.card(ada, 'tok_ok.ada');
    await counter.steer(orderId, 'retry');
    expect(await counter.told(orderId)).toBe(
      `completed: reserveIdentifiers done, takeDeposit done, ${through}`,
    );
    expect(await office.deposit(ada)).toBe('5000 of 5000');
    expect(await finance.inTheBooks('depositLiability')).toBe(-5000);
    expect(await operator.inNetwork(iccid(1))).toBe('active');
  });

  it('is one for the account: a second service asks for none, a higher class for the difference', async () => {
    expect(await counter.told(await activate(ada, 2))).toContain('takeDeposit done');
    expect(await finance.inTheBooks('depositLiability')).toBe(-5000);
    await office.class('new', { deposit: 8000, depositReturnMonths: 1 });
    expect(await office.deposit(ada)).toBe('8000 of 8000');
    expect(await finance.inTheBooks('depositLiability')).toBe(-8000);
  });

  it('waived by somebody who may, the order goes on without it', async () => {
    const known = await counter.customer();
    await office.join(known, 'new');
    const orderId = await activate(known, 3);
    expect((await counter.show(orderId)).state).toBe('held');
    await office.waive(known);
    await counter.steer(orderId, 'retry');
    expect((await counter.show(orderId)).state).toBe('completed');
    expect(await office.deposit(known)).toBe('0 of 0');
  });

  it('of somebody whose class keeps it to the end', async () => {
    leaver = await counter.customer({ card: 'ok' });
    await office.join(leaver, 'kept');
    expect((await counter.show(await activate(leaver, 4))).state).toBe('completed');
    expect(await office.deposit(leaver)).toBe('5000 of 5000');
  });

  it('of an offering is taken besides the one of the class, and only for the service that was sold with it', async () => {
    borrower = await counter.customer({ card: 'ok' });
    expect((await counter.show(await activate(borrower, 5, 'phone-month'))).state).toBe('completed');
    expect(await office.deposit(borrower)).toBe('10000 of 10000');
    both = await counter.customer({ card: 'ok' });
    await office.join(both, 'kept');
    expect((await counter.show(await activate(both, 6, 'phone-kept'))).state).toBe('completed');
    expect(await office.deposit(both)).toBe('15000 of 15000');
    await activate(both, 7);
    expect(await office.deposit(both)).toBe('15000 of 15000');
  });

  it('goes back after a good month; at the end of a service it pays the final bill first', async () => {
    await operator.until('2026-01-12T15:00:00.000Z');
    await end(leaver, 'smart-5');
    await end(both, 'phone-kept');
    await operator.until('2026-02-04T12:00:00.000Z');
    expect(await office.deposit(ada)).toBe('0 of 0');
    expect(await office.deposit(leaver)).toBe('0 of 0');
    expect(await office.deposit(borrower)).toBe('0 of 0');
    expect(await office.deposit(both)).toBe('5000 of 5000');
    expect(await finance.inTheBooks('depositLiability')).toBe(-5000);
    const [bill] = await operator.bills({ ...iccid(4), accountId: leaver });
    expect(bill).toMatchObject({ open: { minor: 0 }, paymentState: 'paid' });
    expect(await operator.messages({ ...iccid(1), accountId: ada })).toContain('2026-02-01 refundMade');
  });
});
