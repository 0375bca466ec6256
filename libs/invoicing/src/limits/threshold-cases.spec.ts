import { expect, it } from '@jest/globals';
import { buildInvoice } from '../domain/build-invoice';
import {
  sampleAccount,
  sampleCharge,
  sampleInput,
  sampleOffering,
  sampleSubscription,
  sampleTax,
  sampleUsage,
} from '../domain/sample-billing';
import { finalOf } from '../invoices/finalize-invoice';
import type { InvoiceRow } from '../invoices/invoice.schema';

/**
 * Policy (README, 2026-11-23): a threshold of usage asks for money, not for an invoice. It is the account's usage cap of
 * the period; what is paid then is account credit, the bill of the period has all fees, and the credit pays it first.
 * What is left to pay at each month's end is what the cases say.
 */
const since2022 = { validFrom: '2022-01-01T00:00:00.000Z' };
const offerings = [
  sampleOffering('plan', [sampleCharge('line', 3100, { taxCode: 'free' })], since2022),
  sampleOffering('large', [sampleCharge('line', 62000, { taxCode: 'free' })], since2022),
];
const units = (millions: number) =>
  sampleUsage('1', 'plan', millions * 200_000_000, { taxCode: 'free', description: 'Usage' });

interface Month {
  cutOffOn: string;
  millions: number;
  upgradedOn?: string;
}

/** Fees of the first plan and its usage, and what is to pay once the credit is used. */
function monthEnd({ cutOffOn, millions, upgradedOn }: Month, creditMinor: number) {
  const begun = '2022-12-01T00:00:00.000Z';
  const changed = upgradedOn ? `${upgradedOn}T00:00:00.000Z` : null;
  const plans = [
    { offeringId: 'plan', from: begun, to: changed },
    ...(changed ? [{ offeringId: 'large', from: changed, to: null }] : []),
  ];
  const bill = buildInvoice(
    sampleInput({
      ...{ cutOffOn, offerings, startsOn: '2022-12-01', totals: millions > 0 ? [units(millions)] : [] },
      account: sampleAccount(sampleSubscription('1', 'plan', { activeFrom: begun, plans })),
      taxRules: [sampleTax('free', '0')],
      lastBilled: {
        periodTo:
          cutOffOn === '2023-01-01' ? '2022-12-01' : cutOffOn === '2023-02-01' ? '2023-01-01' : '2023-02-01',
        chargedThrough: {},
      },
    }),
  );
  if (!bill) throw new Error('nothing is billed');
  const feesMinor = bill.lines
    .filter(({ offeringId }) => offeringId === 'plan')
    .reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  const draft = { ...bill, customer: { termsDays: 14 } } as InvoiceRow;
  const final = finalOf(
    { ...draft, totalMinor: feesMinor },
    'INV-1',
    cutOffOn,
    `${cutOffOn}T06:00:00.000Z`,
    creditMinor,
  );
  return { feesMinor, creditMinor: final.creditAppliedMinor, toPayMinor: final.openMinor };
}

it('C033 200.00 paid on the 6th, when 1,000,000 units are reached: 231.00 of 431.00 are left at the month’s end', () => {
  expect(monthEnd({ cutOffOn: '2023-01-01', millions: 2 }, 20000)).toEqual({
    ...{ feesMinor: 43100, creditMinor: 20000, toPayMinor: 23100 },
  });
});

it('C035 upgrade on the 18th, whose day is the new plan’s: 17 of 31 days and the usage, less what was paid', () => {
  const month = { cutOffOn: '2023-01-01', millions: 1, upgradedOn: '2022-12-18' };
  expect(monthEnd(month, 20000)).toEqual({ feesMinor: 21700, creditMinor: 20000, toPayMinor: 1700 });
});

it('C037 paid once: the months after have no credit left', () => {
  const months = [
    { cutOffOn: '2023-01-01', millions: 1 },
    { cutOffOn: '2023-02-01', millions: 2 },
    { cutOffOn: '2023-03-01', millions: 3 },
  ];
  let creditMinor = 20000;
  const toPay = months.map((month) => {
    const end = monthEnd(month, creditMinor);
    creditMinor -= end.creditMinor;
    return end.toPayMinor;
  });
  expect(toPay).toEqual([3100, 43100, 63100]);
});
