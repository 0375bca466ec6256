import { buildInvoice } from './build-invoice';
import { splitLateUsage } from './late-usage';
import { sampleInput, sampleOffering, sampleTax, sampleUsage } from './sample-billing';

const january = { from: '2026-01-01', to: '2026-02-01' };
const december = { from: '2025-12-01', to: '2026-01-01' };
const inTime = sampleUsage('1', 'plan', 3_000_000);
const ofJanuary = sampleUsage('1', 'plan', 1_000_000, { periodId: 'late', late: january });
const ofDecember = sampleUsage('1', 'plan', 2_000_000, { periodId: 'later', late: december });
const all = [ofJanuary, inTime, ofDecember];

it.each([
  ['nextBill', 3, [], 0],
  ['correctionBill', 1, ['2025-12-01', '2026-01-01'], 0],
  ['reportOnly', 1, [], 2],
] as const)('%s: each total is in one place', (policy, billed, apart, reported) => {
  const split = splitLateUsage(all, policy);
  expect(split.billed).toHaveLength(billed);
  expect(split.apart.map(({ period }) => period.from)).toEqual(apart);
  expect(split.reported).toHaveLength(reported);
});

/** VAT on voice was 10 % until the end of January, and is 20 % from February. */
const taxRules = [
  sampleTax('voice', '10', { validTo: '2026-02-01' }),
  sampleTax('voice', '20', { taxId: 'de-voice-new', validFrom: '2026-02-01' }),
];
const input = sampleInput({
  ...{ cutOffOn: '2026-03-01', taxRules, offerings: [sampleOffering('plan', [])] },
});

it('late usage on the next bill keeps its days, and is taxed by them', () => {
  const bill = buildInvoice({ ...input, totals: [inTime, ofJanuary] });
  expect(bill?.lines.map(({ from, to, late = false, amountMinor }) => [from, to, late, amountMinor])).toEqual(
    [
      ['2026-02-01', '2026-03-01', false, 300],
      ['2026-01-01', '2026-02-01', true, 100],
    ],
  );
  expect(bill?.taxes.map(({ percent, baseMinor, amountMinor }) => [percent, baseMinor, amountMinor])).toEqual(
    expect.arrayContaining([
      ['10', 100, 10],
      ['20', 300, 60],
    ]),
  );
});

it('a correction bill is of the closed period, and charges nothing else', () => {
  const bill = buildInvoice({ ...input, purpose: 'lateUsage', period: january, totals: [ofJanuary] });
  expect(bill).toMatchObject({
    periodFrom: '2026-01-01',
    periodTo: '2026-02-01',
    netMinor: 100,
    taxMinor: 10,
  });
  expect(bill).not.toHaveProperty('charged');
});
