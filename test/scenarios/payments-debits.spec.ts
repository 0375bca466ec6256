import { refusalOf } from './bank-language';
import { Operator, type Subscriber } from './operator';
import { Prepaid } from './prepaid-language';
import {
  attemptsOf,
  chargesAt,
  payAtBank,
  paymentsOf,
  standing,
  tellMandateEnded,
} from './payments-language';

const signedOn = '2026-01-02';
const sepa = (mandateId: string, more: object = {}): object => ({
  kind: 'sepaDebit',
  mandate: { mandateId, signedOn, ...more },
});
const ach = (authorisation?: object): object => ({
  kind: 'achDebit',
  ...(authorisation ? { authorisation } : {}),
});

/** Bills of February 1 are due on the 15th, a Sunday; the 16th is a holiday of the banks in the United States. */
const payers: Record<string, { token: string; method: object }> = {
  sepa: { token: 'pending', method: sepa('MND-1') },
  shorter: { token: 'pending', method: sepa('MND-2', { preNoticeDays: 2 }) },
  lapsed: { token: 'pending', method: sepa('MND-3', { signedOn: '2022-12-01' }) },
  sixDays: { token: 'returns6AM04-pending', method: sepa('MND-4') },
  mandateBack: { token: 'returns3MD01', method: sepa('MND-5') },
  sevenWeeks: { token: 'refunds49', method: sepa('MND-6') },
  switched: { token: 'pending', method: sepa('MND-7') },
  paidBefore: { token: 'pending', method: sepa('MND-8') },
  fourDays: { token: 'settles4', method: sepa('MND-9') },
  ach: { token: 'pending', method: ach() },
  achRange: { token: 'pending', method: ach({ range: { from: 1, to: 10_000 } }) },
  achTwice: { token: 'returns1R01', method: ach() },
  revoked: { token: 'pending', method: sepa('MND-11') },
  signedAgain: { token: 'pending', method: sepa('MND-12') },
  achRevoked: { token: 'pending', method: ach() },
  achNever: { token: 'returns2R03', method: ach() },
};

describe('bank debits', () => {
  let operator: Operator;
  let prepaid: Prepaid;
  const of: Record<string, Subscriber> = {};
  const named = (name: string): Subscriber => of[name] as Subscriber;
  const stands = (name: string): Promise<string> => standing(operator, named(name));
  const told = async (name: string): Promise<string[]> =>
    (await operator.messages(named(name))).filter((each) => each.includes('debitAnnounced'));
  /** `<handed in> <to be collected>: <state>` of each attempt. */
  const debits = async (name: string): Promise<string[]> =>
    (await attemptsOf(operator, named(name))).map(
      ({ createdAt, debit, state, returned }) =>
        `${createdAt.slice(5, 10)} ${debit?.collectOn.slice(5)}: ${returned ? returned.code : state}`,
    );

  /** Reference and last day of each mandate. */
  const mandates = async (name: string): Promise<[string, string | null][]> => {
    const { data } = await operator.api.get<{
      data: { mandate: { mandateId: string; cancelledOn: string | null } }[];
    }>(`/v1/payments/methods?accountId=${named(name).accountId}`);
    return data.map(({ mandate }) => [mandate.mandateId, mandate.cancelledOn]);
  };

  beforeAll(async () => {
    operator = await Operator.open();
    await operator.api.put('/v1/payments/debit-settings', {
      ...{ sepaCreditorId: 'DE98ZZZ09999999999', achCompanyId: '1234567890', reason: 'the diary' },
    });
    Object.assign(of, await operator.subscribersNamed('smart-5', Object.keys(payers)));
    for (const [name, { token, method }] of Object.entries(payers)) {
      await operator.api.post('/v1/payments/methods', {
        ...{ accountId: named(name).accountId, token: `tok_${token}.${name}`, ...method },
        ...{ makeDefault: true, autoPay: true },
      });
    }
    await operator.api.put(`/v1/payments/payers/${named('shorter').accountId}`, {
      ...{ autoPay: true, autoPayDaysBefore: 5 },
    });
    prepaid = new Prepaid(operator);
    await prepaid.sellWeeks();
    await prepaid.rules({ retryHours: [60], graceHours: 96 });
    of['week'] = await operator.subscriber('prepaid-7', { card: 'disputeLost' });
    const amount = { minor: 2000, currency: 'USD' };
    await operator.api.post('/v1/payments/top-ups', { accountId: named('week').accountId, amount });
    of['month'] = await operator.subscriber('prepaid-30');
    await operator.api.post('/v1/payments/methods', {
      ...{ accountId: named('month').accountId, token: 'tok_returns6AM04-pendingFail.month' },
      ...sepa('MND-10'),
      ...{ makeDefault: true, autoPay: true },
    });
    await operator.until('2026-01-12T20:00:00.000Z');
  });

  it('Jan 11, a top-up that is disputed: what is left of it leaves the balance', async () => {
    expect(await prepaid.movements(named('week'))).toEqual(['topUp 2000', 'renewal -500', 'takenBack -1500']);
    expect(await prepaid.balance(named('week'))).toBe(0);
  });

  it('Feb 2: a card instead of a debit, a transfer before it, and a debit at the payer’s own word', async () => {
    await operator.until('2026-02-02T20:00:00.000Z');
    await operator.api.post('/v1/payments/pay-now', { accountId: named('sevenWeeks').accountId });
    await operator.card(named('switched').accountId, 'tok_ok.switched');
    const [bill] = await operator.bills(named('paidBefore'));
    await operator.api.post('/v1/payments/payments', {
      ...{ accountId: named('paidBefore').accountId, method: 'bank', reference: 'transfer 1' },
      ...{
        amount: { minor: bill?.total.minor ?? 0, currency: 'USD' },
        receivedAt: '2026-02-02T12:00:00.000Z',
      },
    });
    await operator.settle();
  });

  it('Feb 2, a mandate that ended at the gateway: refused again under its reference, taken under a new one', async () => {
    for (const [name, reference] of [
      ['revoked', 'MND-11'],
      ['signedAgain', 'MND-12'],
      ['sepa', 'another mandate of the same account'],
      ['achRevoked', null],
    ] as const)
      expect(await tellMandateEnded(operator, { token: `tok_pending.${name}`, reference })).toBe(200);
    const sign = (mandateId: string): Promise<unknown> =>
      operator.api.post('/v1/payments/methods', {
        ...{ accountId: named('signedAgain').accountId, token: 'tok_pending.signedAgain' },
        ...{ kind: 'sepaDebit', mandate: { mandateId, signedOn: '2026-02-02' } },
      });
    expect(await refusalOf(sign('MND-12'))).toBe('409 mandateEnded');
    await sign('MND-12b');
    expect(await mandates('signedAgain')).toEqual([['MND-12b', null]]);
    expect(await mandates('revoked')).toEqual([['MND-11', '2026-02-02']]);
    expect(await mandates('sepa')).toEqual([['MND-1', null]]);
  });

  it('Feb 1: each debit is announced with the bill; not by a mandate that lapsed, nor inside an agreed range', async () => {
    for (const name of ['sepa', 'shorter', 'sixDays', 'ach', 'achTwice'])
      expect([name, await told(name)]).toEqual([name, ['2026-02-01 debitAnnounced']]);
    expect([await told('lapsed'), await told('achRange')]).toEqual([[], []]);
  });

  it('notice of two days: collected five days before the due date', async () => {
    await operator.until('2026-02-13T20:00:00.000Z');
    expect(await debits('shorter')).toEqual(['02-09 02-10: succeeded']);
    expect((await paymentsOf(operator, named('shorter')))[0]?.receivedAt.slice(0, 10)).toBe('2026-02-10');
  });

  it('Feb 8, the debit of a period paid in advance is returned: the period ends, the next try fails, the plan lapses', async () => {
    expect(await debits('month')).toEqual([
      ...['01-30 02-02: AM04', '02-08 02-09: declined', '02-10 02-11: declined'],
    ]);
    const [, paid] = (await prepaid.subscription(named('month'))).paidPeriods;
    expect([paid?.from.slice(0, 10), paid?.to.slice(0, 10)]).toEqual(['2026-02-02', '2026-02-08']);
    expect(await prepaid.renewal(named('month'))).toMatchObject({ state: 'lapsed' });
    expect(await operator.inNetwork(named('month'))).toBe('suspended');
    expect(await operator.bills(named('month'))).toEqual([]);
  });

  it('Feb 13: handed in a bank day before, pending until it settles', async () => {
    expect(await debits('sepa')).toEqual(['02-13 02-16: pending']);
    expect(await stands('sepa')).toBe('no payment, bill open, all open');
    const charge = (await chargesAt(operator, '')).find(({ token }) => token === 'tok_pending.sepa');
    expect(charge?.debit).toEqual({
      ...{ scheme: 'sepa', collectOn: '2026-02-16', mandateId: 'MND-1', sequence: 'FRST' },
    });
  });

  it('paid before, and changed to a card: neither is handed in', async () => {
    await operator.until('2026-02-18T20:00:00.000Z');
    expect(await debits('paidBefore')).toEqual([]);
    expect(await attemptsOf(operator, named('switched'))).toMatchObject([
      { state: 'succeeded', debit: null },
    ]);
  });

  it('Feb 16: settled on a TARGET day; ACH a day later, after the holiday', async () => {
    expect(await stands('sepa')).toBe('settled, bill paid, nothing open');
    expect(await debits('ach')).toEqual(['02-13 02-17: succeeded']);
    expect(await debits('achRange')).toEqual(['02-13 02-17: succeeded']);
    expect(await stands('ach')).toBe('settled, bill paid, nothing open');
  });

  it('a bank that takes four days: pending until then, and no reminder meanwhile', async () => {
    await operator.until('2026-02-19T20:00:00.000Z');
    expect(await debits('fourDays')).toEqual(['02-13 02-16: succeeded']);
    expect((await paymentsOf(operator, named('fourDays')))[0]?.receivedAt.slice(0, 10)).toBe('2026-02-19');
    expect((await operator.messages(named('fourDays'))).join()).not.toContain('reminder');
  });

  it('a mandate that lapsed is not debited', async () => {
    expect(await debits('lapsed')).toEqual([]);
    expect([await debits('revoked'), await debits('achRevoked')]).toEqual([[], []]);
  });

  it('the mandate that was signed on Feb 2 is debited two weeks later, as a first one', async () => {
    expect(await debits('signedAgain')).toEqual(['02-13 02-16: succeeded']);
    expect(await told('signedAgain')).toEqual(['2026-02-01 debitAnnounced', '2026-02-02 debitAnnounced']);
    const charge = (await chargesAt(operator, '')).find(({ token }) => token === 'tok_pending.signedAgain');
    expect(charge?.debit).toMatchObject({ mandateId: 'MND-12b', sequence: 'FRST' });
  });

  it('Feb 19, mandate returned: the bill is open, the mandate ended; neither it nor ACH R03 is debited again', async () => {
    expect(await stands('mandateBack')).toBe('returned, bill open, all open');
    const { data } = await operator.api.get<{ data: { mandate: { cancelledOn: string } }[] }>(
      `/v1/payments/methods?accountId=${named('mandateBack').accountId}`,
    );
    expect(data[0]?.mandate.cancelledOn).toBe('2026-02-19');
    await operator.until('2026-02-21T20:00:00.000Z');
    expect(await debits('mandateBack')).toEqual(['02-13 02-16: MD01']);
    expect(await debits('achNever')).toEqual(['02-13 02-17: R03']);
    const unpaid = ['lapsed', 'mandateBack', 'achNever', 'revoked', 'achRevoked'];
    await payAtBank(operator, unpaid.map(named));
  });

  it('Feb 22, debit returned after six days: open again, told, and sent again on a day that is announced', async () => {
    await operator.until('2026-02-26T20:00:00.000Z');
    expect(await operator.messages(named('sixDays'))).toContain('2026-02-22 paymentFailed');
    expect(await debits('sixDays')).toEqual(['02-13 02-16: AM04', '02-23 02-24: succeeded']);
    expect(await told('sixDays')).toEqual(['2026-02-01 debitAnnounced', '2026-02-23 debitAnnounced']);
    expect(await stands('sixDays')).toBe('returned, bill paid, nothing open');
  });

  it('ACH R01: sent again twice, then no more', async () => {
    const attempts = await attemptsOf(operator, named('achTwice'));
    expect(attempts.map(({ returned }) => returned?.code)).toEqual(['R01', 'R01', 'R01']);
    expect(attempts.map(({ debit }) => debit?.entryDescription)).toEqual([
      ...[undefined, 'RETRY PYMT', 'RETRY PYMT'],
    ]);
    await payAtBank(operator, [named('achTwice')]);
  });

  it('March: a SEPA debit is announced each time, and is recurrent now', async () => {
    expect(await stands('sevenWeeks')).toBe('settled, bill paid, nothing open');
    await operator.until('2026-03-24T20:00:00.000Z');
    expect(await told('sepa')).toEqual(['2026-02-01 debitAnnounced', '2026-03-01 debitAnnounced']);
    const charges = (await chargesAt(operator, '')).filter(({ token }) => token === 'tok_pending.sepa');
    expect(charges.map(({ debit }) => debit?.sequence)).toEqual(['FRST', 'RCUR']);
  });

  it('Mar 24, debit refunded by its payer seven weeks after Feb 3: the bill is open again, nothing is debited any more', async () => {
    expect(await stands('sevenWeeks')).toBe('refundedByPayer, bill open, all open');
    expect((await debits('sevenWeeks'))[0]).toBe('02-02 02-03: MD06');
  });
});
