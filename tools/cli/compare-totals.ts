import { decimalAmount } from './decimal-amount';
import type { Sum, Totals } from './totals';

/** The same usage under two catalogs, of one account, plan, subscription or of all. */
export interface Change {
  id: string;
  currency: string;
  beforeMicro: number;
  afterMicro: number;
  records: [before: number, after: number];
}

function changesOf(before: readonly Sum[], after: readonly Sum[]): Change[] {
  const changes = new Map<string, Change>();
  const at = ({ id, currency }: Sum): Change => {
    const key = `${id}\u0000${currency}`;
    const change = changes.get(key) ?? { id, currency, beforeMicro: 0, afterMicro: 0, records: [0, 0] };
    changes.set(key, change);
    return change;
  };
  for (const sum of before) {
    const change = at(sum);
    change.beforeMicro = sum.amountMicro;
    change.records[0] = sum.records;
  }
  for (const sum of after) {
    const change = at(sum);
    change.afterMicro = sum.amountMicro;
    change.records[1] = sum.records;
  }
  return [...changes.values()].sort((left, right) =>
    left.id === right.id ? (left.currency < right.currency ? -1 : 1) : left.id < right.id ? -1 : 1,
  );
}

export const changesBetween = (before: Totals, after: Totals) => ({
  total: changesOf(before.all, after.all),
  plans: changesOf(before.plans, after.plans),
  subscriptions: changesOf(before.subscriptions, after.subscriptions),
});

export type Changes = ReturnType<typeof changesBetween>;

const percentTenths = 1000n;

/** To a tenth of a percent, cut; '' where there was nothing before. */
export function percentOf({ beforeMicro, afterMicro }: Change): string {
  if (beforeMicro === 0) return '';
  const tenths = (BigInt(afterMicro - beforeMicro) * percentTenths) / BigInt(beforeMicro);
  const size = tenths < 0n ? -tenths : tenths;
  return `${tenths < 0n ? '-' : '+'}${size / 10n}.${size % 10n} %`;
}

const signed = (micro: number, currency: string): string =>
  `${micro > 0 ? '+' : ''}${decimalAmount(micro, currency)}`;

export const changeCells = (change: Change): string[] => {
  const { id, currency, beforeMicro, afterMicro } = change;
  return [
    id,
    decimalAmount(beforeMicro, currency),
    decimalAmount(afterMicro, currency),
    signed(afterMicro - beforeMicro, currency),
    percentOf(change),
    currency,
  ];
};

const changeView =
  (name: string) =>
  ({ id, currency, beforeMicro, afterMicro, records: [before, after] }: Change) => ({
    ...(name === '' ? {} : { [name]: id }),
    before: decimalAmount(beforeMicro, currency),
    after: decimalAmount(afterMicro, currency),
    change: decimalAmount(afterMicro - beforeMicro, currency),
    currency,
    recordsBefore: before,
    recordsAfter: after,
  });

export const changesView = ({ total, plans, subscriptions }: Changes) => ({
  totals: total.map(changeView('')),
  plans: plans.map(changeView('offeringId')),
  subscriptions: subscriptions.map(changeView('subscriptionId')),
});
