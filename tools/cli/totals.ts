import { addMicro } from '@tollkeeper/money';
import type { RatedFile, RatedRecord } from '@tollkeeper/tariff';
import { decimalAmount } from './decimal-amount';

/** What usage came to for one account, plan or subscription, in one currency. */
export interface Sum {
  id: string;
  currency: string;
  records: number;
  amountMicro: number;
}

export interface Totals {
  all: Sum[];
  accounts: Sum[];
  plans: Sum[];
  subscriptions: Sum[];
  records: number;
  rated: number;
  /** By reason. */
  unrated: Record<string, number>;
}

const compare = (left: Sum, right: Sum): number =>
  left.id === right.id ? (left.currency < right.currency ? -1 : 1) : left.id < right.id ? -1 : 1;

function sumsBy(records: readonly RatedRecord[], idOf: (record: RatedRecord) => string): Sum[] {
  const sums = new Map<string, Sum>();
  for (const record of records) {
    const { currency } = record.guided.offering;
    const id = idOf(record);
    const key = `${id}\u0000${currency}`;
    const sum = sums.get(key) ?? { id, currency, records: 0, amountMicro: 0 };
    sum.records += 1;
    sum.amountMicro = addMicro(sum.amountMicro, record.rated.amountMicro);
    sums.set(key, sum);
  }
  return [...sums.values()].sort(compare);
}

export function totalsOfFile({ rated, unrated, records }: RatedFile): Totals {
  const reasons = new Map<string, number>();
  for (const { reason } of unrated) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  return {
    all: sumsBy(rated, () => 'total'),
    accounts: sumsBy(rated, ({ guided }) => guided.accountId),
    plans: sumsBy(rated, ({ guided }) => guided.offering.offeringId),
    subscriptions: sumsBy(rated, ({ guided }) => guided.subscriptionId),
    records,
    rated: rated.length,
    unrated: Object.fromEntries([...reasons].sort(([left], [right]) => (left < right ? -1 : 1))),
  };
}

const sumView =
  (name: string) =>
  ({ id, currency, records, amountMicro }: Sum) => ({
    ...(name === '' ? {} : { [name]: id }),
    records,
    amount: decimalAmount(amountMicro, currency),
    currency,
  });

/** As a program reads them: amounts are decimal strings. */
export const totalsView = ({ all, accounts, plans, subscriptions, records, rated, unrated }: Totals) => ({
  records,
  rated,
  unrated,
  totals: all.map(sumView('')),
  accounts: accounts.map(sumView('accountId')),
  plans: plans.map(sumView('offeringId')),
  subscriptions: subscriptions.map(sumView('subscriptionId')),
});
