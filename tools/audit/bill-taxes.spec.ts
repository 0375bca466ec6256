import { taxFaults, type TaxedBill } from './bill-taxes';

const vat: TaxedBill['taxes'][number] = {
  ...{ taxId: 'vat', jurisdiction: 'DE', law: 'UStG', percent: '19', rate: '19 %' },
  ...{ rounding: 'halfUp', roundAt: 'bill', baseMinor: 1000, amountMinor: 190 },
  parts: [
    { chargeId: '1', baseMinor: 400, amountMinor: 76 },
    { chargeId: '2/phone', baseMinor: 600, amountMinor: 114 },
  ],
};

const fee: TaxedBill['taxes'][number] = {
  ...{ taxId: 'e911', jurisdiction: 'US-TX', law: 'Code', percent: null, rate: '0.50 USD a line and month' },
  ...{ rounding: 'halfUp', roundAt: 'bill', baseMinor: 0, amountMinor: 50 },
  parts: [{ chargeId: 'line/sub_1/2026-03', baseMinor: 0, amountMinor: 50 }],
};

const bill: TaxedBill = {
  _id: 'inv_1',
  lines: [{ lineNo: 1 }, { lineNo: 2 }],
  taxes: [vat, fee],
  feeKeys: ['US-TX/e911/sub_1/2026-03'],
};

it.each<[string, Partial<TaxedBill>, RegExp | null]>([
  ['in order', {}, null],
  ['a part is missing', { taxes: [{ ...vat, parts: vat.parts?.slice(1) ?? [] }, fee] }, /its parts 114/],
  ['another rate', { taxes: [{ ...vat, percent: '20', rate: '20 %' }, fee] }, /should be 200/],
  ['on a line that is not there', { lines: [{ lineNo: 1 }] }, /on 2\/phone/],
  ['a fee without its key', { feeKeys: [] }, /charges the fees US-TX\/e911\/sub_1\/2026-03 and keeps none/],
  ['no law', { taxes: [{ ...vat, law: '' }, fee] }, /names no law/],
])('%s', (_, change, expected) => {
  const faults = taxFaults({ ...bill, ...change });
  if (expected === null) expect(faults).toEqual([]);
  else expect(faults.join('; ')).toMatch(expected);
});
