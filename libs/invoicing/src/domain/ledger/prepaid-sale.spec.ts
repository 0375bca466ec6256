import { describe, expect, it } from '@jest/globals';
import { percentRate } from '@tollkeeper/tax';
import type { PostingDraft } from './posting-draft';
import { giveBackRenewal, giveBackTopUp, type SaleFact, sellRenewal, sellTopUp } from './prepaid-sale';
import type { TopUpLot } from './top-up-lots';

const vat = [{ jurisdiction: 'DE', rate: percentRate({ percent: '19' }), rounding: 'halfUp' as const }];
const atSale = { taxAt: 'sale' as const, rates: vat };
const atUse = { taxAt: 'use' as const, rates: vat };

const fact = (amountMinor: number, gateway = 'sandbox'): SaleFact => ({
  id: 'pay_1',
  paymentId: 'pay_1',
  accountId: 'acc',
  amountMinor,
  currency: 'EUR',
  gateway,
});

const linesOf = ({ lines }: PostingDraft) =>
  Object.fromEntries(lines.map(({ account, amountMinor }) => [account, amountMinor]));

const taxedLot = { paymentId: 'top', amountMinor: 1190, takenMinor: 0, taxedAtSale: true };
const lotOf = (taxed: boolean): TopUpLot => ({
  ...taxedLot,
  taxedAtSale: taxed,
  taxes: taxed ? [{ jurisdiction: 'DE', amountMinor: 190 }] : [],
});

describe('a top-up', () => {
  it('taxed at the sale: the tax is split off', () => {
    expect(linesOf(sellTopUp(fact(1190), atSale).posting)).toEqual({
      'clearing:sandbox': 1190,
      'contractLiability:topUp': -1000,
      'taxPayable:DE': -190,
    });
  });

  it('taxed at use: all of it is kept for the customer', () => {
    expect(linesOf(sellTopUp(fact(1190), atUse).posting)).toEqual({
      'clearing:sandbox': 1190,
      'contractLiability:topUp': -1190,
    });
  });

  it('half of it paid out: half of its tax comes back', () => {
    const { posting, lots } = giveBackTopUp(fact(595), [lotOf(true)]);
    expect(linesOf(posting)).toEqual({
      'contractLiability:topUp': 500,
      'taxPayable:DE': 95,
      'clearing:sandbox': -595,
    });
    expect(lots).toMatchObject([{ paymentId: 'top', takenMinor: 595 }]);
  });
});

describe('a renewal', () => {
  it.each([
    [
      'by card, taxed at the sale',
      fact(1190),
      atSale,
      [],
      { 'clearing:sandbox': 1190, 'contractLiability:prepaidPeriod': -1000, 'taxPayable:DE': -190 },
      { totalMinor: 1000, taxes: [] },
    ],
    [
      'by card, taxed at use',
      fact(1190),
      atUse,
      [],
      { 'clearing:sandbox': 1190, 'contractLiability:prepaidPeriod': -1190 },
      { totalMinor: 1190, taxes: [{ jurisdiction: 'DE', amountMinor: 190 }] },
    ],
    [
      'from a balance that was taxed at its sale: not taxed again, also not at use',
      fact(595, 'topUp'),
      atUse,
      [lotOf(true)],
      { 'contractLiability:topUp': 500, 'contractLiability:prepaidPeriod': -500 },
      { totalMinor: 500, taxes: [] },
    ],
    [
      'from a balance that was not taxed yet: taxed at use',
      fact(595, 'topUp'),
      atUse,
      [lotOf(false)],
      { 'contractLiability:topUp': 595, 'contractLiability:prepaidPeriod': -595 },
      { totalMinor: 595, taxes: [{ jurisdiction: 'DE', amountMinor: 95 }] },
    ],
    [
      'from a balance that was not taxed yet, where tax is now due at the sale',
      fact(595, 'topUp'),
      atSale,
      [lotOf(false)],
      { 'contractLiability:topUp': 595, 'contractLiability:prepaidPeriod': -500, 'taxPayable:DE': -95 },
      { totalMinor: 500, taxes: [] },
    ],
  ])('%s', (_, sale, terms, lots, lines, deferred) => {
    const sold = sellRenewal(sale, terms, lots);
    expect(linesOf(sold.posting)).toEqual(lines);
    expect(sold.deferred).toEqual(deferred);
  });

  it('its unused half back to the card, with the tax of the sale', () => {
    const { sold } = sellRenewal(fact(1190), atSale, []);
    const back = giveBackRenewal(fact(595), { ...sold, amountMinor: 1190, takenMinor: 0 }, []);
    expect(linesOf(back.posting)).toEqual({
      'contractLiability:prepaidPeriod': 500,
      'taxPayable:DE': 95,
      'clearing:sandbox': -595,
    });
    expect(back).toMatchObject({ reversedMinor: 500, renewal: { takenMinor: 595 } });
  });

  it('its unused half back to the balance that paid for it: its tax stays paid', () => {
    const { sold, lots } = sellRenewal(fact(1190, 'topUp'), atSale, [lotOf(true)]);
    const back = giveBackRenewal(fact(595, 'topUp'), { ...sold, amountMinor: 1190, takenMinor: 0 }, lots);
    expect(linesOf(back.posting)).toEqual({
      'contractLiability:prepaidPeriod': 500,
      'contractLiability:topUp': -500,
    });
    expect(back.lots).toMatchObject([{ paymentId: 'top', takenMinor: 595 }]);
  });
});
