import { addMicro } from '@tollkeeper/money';
import type { RatedRecord, UnratedLine } from '@tollkeeper/tariff';
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

/** Sums as records are told, so that none of them is kept. */
class Sums {
  private readonly byKey = new Map<string, Sum>();

  add(id: string, { guided, rated }: RatedRecord): void {
    const { currency } = guided.offering;
    const key = `${id}\u0000${currency}`;
    let sum = this.byKey.get(key);
    if (!sum) this.byKey.set(key, (sum = { id, currency, records: 0, amountMicro: 0 }));
    sum.records += 1;
    sum.amountMicro = addMicro(sum.amountMicro, rated.amountMicro);
  }

  inOrder(): Sum[] {
    return [...this.byKey.values()].sort(compare);
  }
}

export class RunningTotals {
  private readonly all = new Sums();
  private readonly accounts = new Sums();
  private readonly plans = new Sums();
  private readonly subscriptions = new Sums();
  private rated = 0;

  add(record: RatedRecord): void {
    const { accountId, subscriptionId, offering } = record.guided;
    this.rated += 1;
    this.all.add('total', record);
    this.accounts.add(accountId, record);
    this.plans.add(offering.offeringId, record);
    this.subscriptions.add(subscriptionId, record);
  }

  of(records: number, unrated: readonly UnratedLine[]): Totals {
    const reasons = new Map<string, number>();
    for (const { reason } of unrated) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
    return {
      all: this.all.inOrder(),
      accounts: this.accounts.inOrder(),
      plans: this.plans.inOrder(),
      subscriptions: this.subscriptions.inOrder(),
      records,
      rated: this.rated,
      unrated: Object.fromEntries([...reasons].sort(([left], [right]) => (left < right ? -1 : 1))),
    };
  }
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
