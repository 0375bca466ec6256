import type { Period } from '@tollkeeper/calendar';
import type { AccountProfile, RatedTotal } from '@tollkeeper/contracts';
import { microToMinor, sumMicro } from '@tollkeeper/money';
import { type BillLine, unitOf } from './bill';
import { numberOf } from './charge-holders';

type UsageLine = Omit<BillLine, 'lineNo'>;

const typeOrder: Record<RatedTotal['usageType'], string> = {
  voice: '1',
  sms: '2',
  data: '3',
  video: '4',
  mms: '5',
  event: '6',
};

/** One line for each kind of usage of a subscription: exact amounts are summed first and rounded once. */
export function usageLines(
  account: AccountProfile,
  served: Period,
  totals: readonly RatedTotal[],
): UsageLine[] {
  const numbers = new Map(account.subscriptions.map((each) => [each.subscriptionId, numberOf(each)]));
  const groups = new Map<string, RatedTotal[]>();
  for (const total of totals) {
    const key = lineKey(total, numbers.get(total.subscriptionId) ?? '');
    groups.set(key, [...(groups.get(key) ?? []), total]);
  }
  return [...groups.keys()].sort().map((key) => {
    const [first, ...more] = groups.get(key) as [RatedTotal, ...RatedTotal[]];
    return lineOf(
      first,
      [first, ...more],
      numbers.get(first.subscriptionId) ?? null,
      served,
      account.currency,
    );
  });
}

const lineKey = (total: RatedTotal, number: string): string =>
  [
    number,
    total.subscriptionId,
    typeOrder[total.usageType],
    total.description,
    total.zone,
    total.offeringId,
    total.taxCode,
    total.priceId ?? '',
    total.late ? `late/${total.late.from}/${total.late.to}` : '',
    total.corrects ? `${total.corrects.from}/${total.corrects.to}/${total.corrects.invoiceId ?? ''}` : '',
  ].join('/');

function lineOf(
  first: RatedTotal,
  group: RatedTotal[],
  number: string | null,
  served: Period,
  currency: string,
): UsageLine {
  const amountMicro = sumMicro(group.map((total) => total.amountMicro));
  const summed = (field: 'quantity' | 'includedQuantity' | 'records') =>
    group.reduce((sum, total) => sum + total[field], 0);
  const { corrects, late, priceId } = first;
  const days = corrects ?? late ?? served;
  return {
    kind: 'usage',
    subscriptionId: first.subscriptionId,
    number,
    description: first.description,
    from: days.from,
    to: days.to,
    quantity: summed('quantity'),
    unit: unitOf[first.usageType],
    includedQuantity: summed('includedQuantity'),
    records: summed('records'),
    amountMicro,
    amountMinor: microToMinor(amountMicro, currency, 'halfUp'),
    taxCode: first.taxCode,
    revenueCategory: first.revenueCategory,
    deferred: false,
    offeringId: first.offeringId,
    offeringVersion: null,
    chargeKey: null,
    proration: null,
    periodIds: [...new Set(group.map(({ periodId }) => periodId))].sort(),
    usageType: first.usageType,
    ...(priceId === undefined ? {} : { priceId }),
    ...(corrects ? { corrects } : {}),
    ...(late ? { late: true as const } : {}),
  };
}
