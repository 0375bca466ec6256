import { Bank, billStanding, camt, referenceOf, refusalOf } from './bank-language';
import { balancesOf } from './ledger-language';
import { Operator, type Subscriber } from './operator';
import { paymentsOf } from './payments-language';

const names = [
  'exact',
  'partial',
  'over',
  'byReference',
  'assigned',
  'split',
  'half',
  'reversed',
  'known',
  'wrong',
  'right',
  'other',
  'cash',
] as const;
type Name = (typeof names)[number];

describe('paid by bank transfer', () => {
  let operator: Operator;
  let bank: Bank;
  let total: number;
  const of = {} as Record<Name, Subscriber>;
  const number = {} as Record<Name, string>;
  const stands = (name: Name): Promise<string> => billStanding(operator, of[name]);
  const dollars = (minor: number): string =>
    `${Math.trunc(minor / 100)}.${String(minor % 100).padStart(2, '0')}`;

  beforeAll(async () => {
    operator = await Operator.open();
    for (const name of names) of[name] = await operator.subscriber('smart-5');
    bank = await Bank.of(operator);
    await operator.until('2026-02-06T12:00:00.000Z');
    for (const name of names) {
      const [bill] = await operator.bills(of[name]);
      number[name] = bill?.number ?? '';
      total = bill?.total.minor ?? 0;
    }
    await bank.import(
      camt([
        { amount: dollars(total), reference: 'B1', text: `Invoice ${number.exact}` },
        { amount: '10.00', reference: 'B2', text: `part of ${number.partial.toLowerCase()}` },
        { amount: dollars(total + 500), reference: 'B3', text: number.over },
        { amount: dollars(total), reference: 'B4', structured: await referenceOf(operator, of.byReference) },
        {
          amount: dollars(total),
          reference: 'B5',
          text: 'phone',
          name: 'A. Stranger',
          iban: 'GB33BUKB20201555555555',
        },
        { amount: '80.00', reference: 'B6', text: 'for both of us' },
        { amount: dollars(total), reference: 'B7', text: number.reversed },
        { amount: '12.34', reference: 'B8', text: 'my card is 4111 1111 1111 1111' },
        { amount: '80.00', reference: 'B9', kind: 'DBIT', text: 'electricity' },
        { amount: '975.00', reference: 'B10', text: 'payout of the card gateway' },
      ]),
    );
    await operator.settle();
    await operator.settle();
  });

  it('transfer exact: the number of the bill is enough, the payer has a receipt', async () => {
    expect(await bank.standing('B1')).toBe('booked by invoiceReference');
    expect(await stands('exact')).toBe('paid 0');
    expect(await operator.messages(of.exact)).toContain('2026-02-06 paymentReceived');
    const [payment] = await paymentsOf(operator, of.exact);
    expect([payment?.gateway, payment?.amount.minor]).toEqual(['bank', total]);
  });

  it('transfer partial: the rest stays open', async () => {
    expect(await stands('partial')).toBe(`partiallyPaid ${total - 1000}`);
  });

  it('over-payment: the bill is paid, five dollars are credit of the account', async () => {
    expect(await stands('over')).toBe('paid 0');
    expect(await balancesOf(operator, of.over)).toEqual({ customerCredit: -500 });
  });

  it('by the creditor reference that is printed on the bill', async () => {
    expect(await stands('byReference')).toBe('paid 0');
  });

  it('the same file twice changes nothing; of an overlapping one only what is new is taken', async () => {
    const lines = [{ amount: dollars(total), reference: 'B1', text: `Invoice ${number.exact}` }];
    const before = await paymentsOf(operator, of.exact);
    const overlapping = camt([...lines, { amount: '1.00', reference: 'B11', text: number.half }]);
    const first = await bank.import(overlapping, 'tuesday.xml');
    expect([first.entries, first.known]).toEqual([1, 1]);
    expect((await bank.import(overlapping, 'again.xml')).id).toBe(first.id);
    await operator.settle();
    expect(await paymentsOf(operator, of.exact)).toEqual(before);
    expect(await stands('half')).toBe(`partiallyPaid ${total - 100}`);
  });

  it('unmatched lies in suspense; what speaks for whom is suggested; a person assigns it', async () => {
    expect(await bank.suspense()).toBe(total + 8000 + 1234 + 97500 - 8000);
    const { state, suggestions } = await bank.entry('B5');
    expect([state, suggestions[0]?.why]).toEqual(['unmatched', ['amountOfInvoice']]);
    await bank.assign('B5', [[of.assigned, total]]);
    await operator.settle();
    expect(await stands('assigned')).toBe('paid 0');
    expect(await bank.suspense()).toBe(8000 + 1234 + 97500 - 8000);
    expect(await refusalOf(bank.assign('B5', [[of.known, total]]))).toBe('409 entryDecided');
  });

  it('split over two accounts, the rest goes back to the payer; parts that do not add up are refused', async () => {
    expect(await refusalOf(bank.assign('B6', [[of.split, 8001]]))).toBe('422 badInput parts');
    expect(await refusalOf(bank.assign('B6', [[of.split, 4000]]))).toBe('422 badInput parts');
    const { settlement } = await bank.assign(
      'B6',
      [
        [of.split, total],
        [of.half, 1000],
      ],
      { sendBackRest: true },
    );
    expect(settlement).toMatchObject({ as: 'sentBack', amount: { minor: 7000 - total } });
    await operator.settle();
    expect(await stands('split')).toBe('paid 0');
    expect(await stands('half')).toBe(`partiallyPaid ${total - 1100}`);
  });

  it('a card number in a text is masked and flagged (F59)', async () => {
    const { text, flags } = await bank.entry('B8');
    expect(text).toBe('my card is 9999 9999 9999 1111');
    expect(flags).toEqual(['cardNumber']);
  });

  it('other money in and out: a payout of a gateway, an electricity bill', async () => {
    await bank.settle('B10', 'gateway', 'sandbox');
    await bank.settle('B9', 'elsewhere');
    await bank.settle('B8', 'sentBack');
    await operator.settle();
    expect(await bank.suspense()).toBe(0);
  });

  it('a reversal: the bill is open again; what was sent back is recognised when it leaves', async () => {
    expect(await stands('reversed')).toBe('paid 0');
    const { id } = await bank.entry('B8');
    await bank.import(
      camt([
        {
          amount: dollars(total),
          reference: 'B7',
          kind: 'DBIT',
          reversal: true,
          on: '2026-02-06',
          text: number.reversed,
        },
        { amount: '12.34', reference: 'B12', kind: 'DBIT', on: '2026-02-06', text: `back ${id}` },
      ]),
      'wednesday.xml',
    );
    await operator.settle();
    await operator.settle();
    expect(await stands('reversed')).toBe(`open ${total}`);
    expect((await bank.entry('B12')).settlement).toMatchObject({ as: 'knownPayout' });
    expect(await bank.suspense()).toBe(0);
  });

  it('a payer whose bank account is known pays exactly what is owed, without a word', async () => {
    const line = { amount: dollars(total), iban: 'GB33BUKB20201555555555', on: '2026-02-06' };
    await bank.import(camt([{ ...line, reference: 'B13', text: number.known }]), 'first.xml');
    await operator.settle();
    expect(await stands('known')).toBe('paid 0');
    // Two accounts have been paid from it by now: it says nothing any more.
    await bank.import(camt([{ ...line, reference: 'B14' }]), 'second.xml');
    await operator.settle();
    const { state, suggestions } = await bank.entry('B14');
    expect([state, suggestions.length > 0]).toEqual(['unmatched', true]);
  });

  it('a CSV statement with decimal comma is matched like any other', async () => {
    await bank.importCsv(`Tag;Name;Zweck;Ref;Betrag\n06.02.2026;Jörg;${number.half};C1;0,11\n`);
    await operator.settle();
    expect(await stands('half')).toBe(`partiallyPaid ${total - 1111}`);
  });

  it('a broken file is refused whole, and names the place; so is a statement of somebody else', async () => {
    const good = { amount: '1.00', reference: 'X1', text: number.partial };
    expect(await refusalOf(bank.import(camt([good, { amount: '1,00', reference: 'X2' }])))).toBe(
      '422 badInput statement 1, entry 2',
    );
    expect(await refusalOf(bank.import(camt([{ ...good, on: '2026-03-01' }])))).toBe(
      '422 badInput statement 1, entry 1',
    );
    expect(await refusalOf(bank.import(camt([good], 'GB33BUKB20201555555555')))).toBe(
      '422 badInput statement 1',
    );
    expect(await refusalOf(bank.import('<!DOCTYPE a><a/>'))).toBe('422 badInput body');
    await expect(bank.entry('X1')).rejects.toThrow('no statement has brought X1');
  });

  describe('assigned to the wrong account', () => {
    const iban = 'GB94BARC10201530093459';
    const on = '2026-02-06';
    let before: number;

    beforeAll(async () => {
      before = await bank.suspense();
      await bank.import(
        camt([
          { ...{ iban, on, reference: 'U1' }, amount: dollars(total + 500), text: 'from my sister' },
          { ...{ on, reference: 'U2' }, amount: '30.00', text: 'for two phones' },
          { ...{ on, reference: 'U3' }, amount: '7.00', text: `${number.other}` },
          { ...{ on, reference: 'U4' }, amount: '2.50', text: 'nobody knows' },
        ]),
        'undo.xml',
      );
      await operator.settle();
    });

    it('undone: its bill is open again, the credit is gone, the payer is told; the money waits in suspense', async () => {
      await bank.assign('U1', [[of.wrong, total + 500]]);
      await operator.settle();
      expect([await stands('wrong'), await balancesOf(operator, of.wrong)]).toEqual([
        'paid 0',
        { customerCredit: -500 },
      ]);
      expect(await bank.undo('U1', 'it was his sister')).toMatchObject({
        state: 'unmatched',
        held: { minor: total + 500 },
      });
      await operator.settle();
      expect([await stands('wrong'), await balancesOf(operator, of.wrong)]).toEqual([
        `open ${total}`,
        { receivable: total },
      ]);
      expect((await paymentsOf(operator, of.wrong)).map(({ state }) => state)).toEqual(['undone']);
      expect(await operator.messages(of.wrong)).toContain('2026-02-06 paymentFailed');
      expect(await bank.suspense()).toBe(before + total + 500 + 3000 + 250);
    });

    it('undone twice, or by two at once: once', async () => {
      expect(await refusalOf(bank.undo('U1', 'it was his sister'))).toBe('accepted');
      expect(await refusalOf(bank.undo('U1', 'it was his brother'))).toBe('409 nothingToUndo');
      await bank.assign('U4', [[of.other, 250]]);
      const both = await Promise.all(['Ann says', 'Bob says'].map((who) => refusalOf(bank.undo('U4', who))));
      expect(both.sort()).toEqual(['409 nothingToUndo', 'accepted']);
      await bank.settle('U4', 'sentBack');
      await operator.settle();
      expect(await bank.suspense()).toBe(before + total + 500 + 3000);
    });

    it('assigned anew it pays the right account; its bank account says nothing of the wrong one any more', async () => {
      await bank.assign('U1', [[of.right, total + 500]]);
      await operator.settle();
      expect(await stands('right')).toBe('paid 0');
      expect(await bank.suspense()).toBe(before + 3000);
      await bank.import(camt([{ amount: dollars(total), iban, on, reference: 'U5', text: '' }]), 'later.xml');
      await operator.settle();
      // What the wrong account owes exactly; the bank account has paid for the right one alone.
      const { state, suggestions } = await bank.entry('U5');
      expect([state, suggestions.find(({ why }) => why.includes('iban'))?.accountId]).toEqual([
        'unmatched',
        of.right.accountId,
      ]);
      await bank.settle('U5', 'sentBack');
    });

    it('one part of a split: the other stays; then what is held is assigned', async () => {
      const { parts } = await bank.assign('U2', [
        [of.wrong, 1000],
        [of.other, 2000],
      ]);
      await operator.settle();
      expect(await refusalOf(bank.undo('U2', 'half of it', ['pay_elsewhere']))).toBe(
        '422 badInput paymentIds',
      );
      expect(await bank.undo('U2', 'half of it', [parts[0]?.paymentId ?? ''])).toMatchObject({
        held: { minor: 1000 },
      });
      await operator.settle();
      expect([await stands('wrong'), await stands('other')]).toEqual([
        `open ${total}`,
        `partiallyPaid ${total - 2000 - 700}`,
      ]);
      expect(await bank.suspense()).toBe(before + 1000);
      expect(await refusalOf(bank.assign('U2', [[of.right, 3000]]))).toBe('422 badInput parts');
      await bank.assign('U2', [[of.right, 1000]]);
      await operator.settle();
      expect(await balancesOf(operator, of.right)).toEqual({ customerCredit: -1500 });
      expect(await bank.suspense()).toBe(before);
    });

    it('what a reference booked is undone too, and so is what was sent back, until the bank has shown it', async () => {
      expect(await bank.standing('U3')).toBe('booked by invoiceReference');
      await bank.undo('U3', 'the number was a phone');
      await bank.undo('U4', 'not sent yet');
      await operator.settle();
      expect(await stands('other')).toBe(`partiallyPaid ${total - 2000}`);
      expect(await bank.suspense()).toBe(before + 700 + 250);
      await bank.settle('U3', 'sentBack');
      await bank.settle('U4', 'elsewhere');
      await operator.settle();
      expect(await bank.suspense()).toBe(before);
      // Its pay-out was on a statement.
      expect(await refusalOf(bank.undo('B8', 'not sent yet'))).toBe('409 entryMatchesAnother');
    });

    it('money that was recorded by hand for the wrong account', async () => {
      const undo = (id: string, reason = 'it was the neighbour'): Promise<unknown> =>
        operator.api.post(`/v1/payments/payments/${id}/undo`, { reason });
      const { id } = await operator.api.post<{ id: string }>('/v1/payments/payments', {
        ...{ accountId: of.cash.accountId, amount: { minor: 900, currency: 'USD' }, method: 'cash' },
        ...{ reference: 'till 4', receivedAt: '2026-02-06T09:00:00.000Z' },
      });
      await operator.settle();
      expect(await stands('cash')).toBe(`partiallyPaid ${total - 900}`);
      await undo(id);
      await operator.settle();
      expect([await stands('cash'), await refusalOf(undo(id, 'still the neighbour'))]).toEqual([
        `open ${total}`,
        '409 paymentUndone',
      ]);
      const [transfer] = await paymentsOf(operator, of.exact);
      expect(await refusalOf(undo(transfer?.id ?? ''))).toBe('409 paymentOfBankEntry');
    });
  });
});
