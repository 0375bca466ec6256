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
