import type { RatedTotal } from '@tollkeeper/contracts';
import type { Bill, BillLine } from '../../domain/bill';

/** The usage of a bill as it was billed: rating handed it over once, and a corrected bill charges the same. */
export const billedUsage = ({ accountId, lines }: Pick<Bill, 'accountId' | 'lines'>): RatedTotal[] =>
  lines.flatMap((line) => totalsOf(accountId, line));

/** All of a line in its first period; the others bring nothing but their names. */
function totalsOf(accountId: string, line: BillLine): RatedTotal[] {
  const { kind, usageType, subscriptionId, periodIds, corrects, priceId } = line;
  if (kind !== 'usage' || usageType === undefined || subscriptionId === null) return [];
  const about = {
    accountId,
    subscriptionId,
    usageType,
    offeringId: line.offeringId,
    // The zone is not kept; what was a line of its own stays one.
    zone: String(line.lineNo).padStart(6, '0'),
    revenueCategory: line.revenueCategory,
    taxCode: line.taxCode,
    description: line.description,
    ...(priceId === undefined ? {} : { priceId }),
    ...(corrects ? { corrects } : {}),
    ...(line.late ? { late: { from: line.from, to: line.to } } : {}),
  };
  const [first = '', ...others] = periodIds;
  const nothing = { records: 0, quantity: 0, includedQuantity: 0, amountMicro: 0 };
  return [
    {
      ...about,
      periodId: first,
      records: line.records,
      quantity: line.quantity,
      includedQuantity: line.includedQuantity,
      amountMicro: line.amountMicro ?? 0,
    },
    ...others.map((periodId) => ({ ...about, periodId, ...nothing })),
  ];
}
