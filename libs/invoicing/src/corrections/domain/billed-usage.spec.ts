import { expect, it } from '@jest/globals';
import { buildInvoice } from '../../domain/build-invoice';
import { sampleInput, sampleUsage } from '../../domain/sample-billing';
import { billedUsage } from './billed-usage';

const input = sampleInput({
  totals: [
    sampleUsage('1', 'plan', 1_234_567, { zone: 'home', periodId: 'a' }),
    sampleUsage('1', 'plan', 333_333, { zone: 'home', periodId: 'b', records: 2 }),
    sampleUsage('1', 'plan', 777_777, { zone: 'abroad', description: 'Calls', includedQuantity: 10 }),
    sampleUsage('1', 'plan', 5_000_000, {
      description: 'Late',
      corrects: { from: '2025-12-01', to: '2026-01-01', reason: 'late' },
    }),
  ],
});

it('a bill from its own usage is the same bill', () => {
  const bill = buildInvoice(input)!;
  expect(buildInvoice({ ...input, totals: billedUsage(bill) })).toEqual(bill);
});
