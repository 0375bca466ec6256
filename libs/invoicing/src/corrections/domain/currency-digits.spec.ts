import { describe, expect, it } from '@jest/globals';
import { buildPosting } from '@tollkeeper/contracts';
import { formatMoney } from '@tollkeeper/money';
import type { Bill } from '../../domain/bill';
import { buildInvoice } from '../../domain/build-invoice';
import { invoicePosting } from '../../domain/invoice-posting';
import {
  sampleAccount,
  sampleCharge,
  sampleInput,
  sampleOffering,
  sampleSubscription,
  sampleUsage,
} from '../../domain/sample-billing';
import { printCreditNote } from '../../pdf/print-credit-note';
import type { CreditNoteRow } from '../credit-note.schema';
import { type CreditPlan, isRefused } from './credit-note';
import { creditAmounts } from './credit-posting';
import { nothingSince, planFull, planPartial } from './plan-credit';

const billIn = (currency: string, feeMinor: number): Bill =>
  buildInvoice(
    sampleInput({
      account: { ...sampleAccount(sampleSubscription('1', 'plan')), currency },
      offerings: [sampleOffering('plan', [sampleCharge('fee', feeMinor)], { currency })],
      // 1.2345 of the major unit.
      totals: [sampleUsage('1', 'plan', 1_234_500)],
    }),
  )!;

const creditable = (bill: Bill) => ({ ...bill, adjustedMinor: 0, credited: [], since: nothingSince });

function accepted(outcome: ReturnType<typeof planFull>): CreditPlan {
  if (isRefused(outcome)) throw new Error(outcome.reason);
  return outcome;
}

/** A fee of 1,000 minor units at 19 %, calls of 1.2345 at 10 %. */
describe.each<[string, { lines: number[]; tax: number; total: number; half: number[]; said: string }]>([
  ['JPY', { lines: [1000, 1], tax: 190, total: 1191, half: [500, 95], said: '¥1,191' }],
  ['EUR', { lines: [1000, 123], tax: 202, total: 1325, half: [500, 95], said: '€13.25' }],
  ['KWD', { lines: [1000, 1235], tax: 314, total: 2549, half: [500, 95], said: 'KWD 2.549' }],
  ['BHD', { lines: [1000, 1235], tax: 314, total: 2549, half: [500, 95], said: 'BHD 2.549' }],
])('%s', (currency, expected) => {
  const bill = billIn(currency, 1000);

  it('bill: amounts are whole minor units of the currency', () => {
    expect(bill.lines.map(({ amountMinor }) => amountMinor)).toEqual(expected.lines);
    expect([bill.taxMinor, bill.totalMinor]).toEqual([expected.tax, expected.total]);
    const said = formatMoney({ minor: bill.totalMinor, currency }, 'en').replace(/\u00a0/g, ' ');
    expect(said).toBe(expected.said);
  });

  it('credit note and posting mirror it', () => {
    const half = accepted(planPartial(creditable(bill), [{ lineNo: 1, amountMinor: 500 }]));
    expect([half.netMinor, half.taxMinor]).toEqual(expected.half);
    const back = buildPosting('creditNote', creditAmounts(accepted(planFull(creditable(bill)))), {
      currency,
    });
    const sums = new Map<string, number>();
    for (const { account, amountMinor } of [...invoicePosting(bill), ...back])
      sums.set(account, (sums.get(account) ?? 0) + amountMinor);
    expect([...sums.values()].every((minor) => minor === 0)).toBe(true);
    expect(back.every((line) => line.currency === currency)).toBe(true);
  });

  it('prints', async () => {
    const plan = accepted(planFull(creditable(bill)));
    const { customerName, email, language, address, termsDays } = sampleAccount();
    const note: CreditNoteRow = {
      ...plan,
      ...{ _id: 'crn_1', number: 'CN-1', accountId: 'acc_1', invoiceId: 'inv_1', invoiceNumber: 'INV-1' },
      customer: { customerName, email, language, address, termsDays },
      ...{ currency, openMinor: plan.totalMinor, freedMinor: 0, payOut: false, reissuedAs: null },
      ...{ reason: 'wrong', by: 'Jo', at: '2026-02-01T00:00:00.000Z', issuedOn: '2026-02-01', pdf: null },
    };
    const seller = {
      ...{ tenantId: 'sbx_1', revision: 1, name: 'Op', legalName: 'Op Ltd', addressLines: ['1 Main St'] },
      ...{ country: 'DE', currency, zone: 'UTC', supportEmail: 'a@b.example', supportPhone: '+1' },
      openedAt: '2026-01-01T00:00:00.000Z',
    };
    const terms = { _id: 'sbx_1', prefix: '', digits: 1, taxRegistration: null, paymentText: 'pay' };
    expect((await printCreditNote(note, seller, terms)).subarray(0, 5).toString()).toBe('%PDF-');
  });
});
