import type { DunningPolicy } from '@tollkeeper/contracts';
import { opensCase } from './policy-choice.service';

const policy: DunningPolicy = { policyId: 'p', version: 1, minimumMinor: 0, stepHour: 9, levels: [] };

/** D013: the limit itself counts, and no unpaid invoice at all never does. Days since the earliest are the ladder's. */
describe('D013, D005: what opens a case', () => {
  it.each<[string, Partial<DunningPolicy>, [invoices: number, owedMinor: number][], boolean[]]>([
    [
      'unpaid invoices >= 1',
      {},
      [
        [0, 0],
        [1, 1],
        [2, 2],
      ],
      [false, true, true],
    ],
    [
      'unpaid invoices >= 2',
      { minimumInvoices: 2 },
      [
        [0, 0],
        [1, 9_900],
        [2, 2],
      ],
      [false, false, true],
    ],
    [
      'unpaid balance >= 100.00',
      { minimumMinor: 10_000 },
      [
        [0, 0],
        [1, 10_000],
        [1, 20_000],
      ],
      [false, true, true],
    ],
    [
      'D005: two invoices reach 50.99 together',
      { minimumMinor: 5_099 },
      [
        [1, 5_000],
        [2, 5_100],
      ],
      [false, true],
    ],
    [
      'by currency',
      { minimumMinor: 1, minimumByCurrency: { EUR: 15_000 } },
      [
        [1, 14_900],
        [2, 15_500],
      ],
      [false, true],
    ],
  ])('%s', (_, rules, debts, expected) =>
    expect(
      debts.map(([invoices, owedMinor]) =>
        opensCase({ ...policy, ...rules }, { invoices, owedMinor, currency: 'EUR' }),
      ),
    ).toEqual(expected),
  );
});

/** Lago's campaigns: thresholds by currency, in overdue balance; the threshold itself is enough. */
it.each<[string, Partial<DunningPolicy>, string, number, boolean]>([
  ['DN98', { minimumByCurrency: { EUR: 5_099 } }, 'EUR', 5_100, true],
  ['DN99', { minimumByCurrency: { EUR: 5_099 } }, 'EUR', 5_000, false],
  ['DN100', { minimumByCurrency: { USD: 4_000, EUR: 2_000 } }, 'EUR', 1_500, false],
  ['DN101', { minimumByCurrency: { USD: 4_000, EUR: 2_000 } }, 'USD', 5_000, true],
  // No threshold for a currency: not chased in it.
  ['DN102', { currencies: ['USD'], minimumByCurrency: { USD: 4_000 } }, 'GBP', 10_000, false],
  ['DN103', { currencies: ['USD', 'EUR'] }, 'EUR', 1, true],
  ['DN104', {}, 'JPY', 1, true],
])('%s %j: %s %i', (_, rules, currency, owedMinor, expected) =>
  expect(opensCase({ ...policy, ...rules }, { invoices: 1, owedMinor, currency })).toBe(expected),
);
