import { addDays, type Period } from '@tollkeeper/calendar';
import type { RatedTotal, RevenueCategory, UsageType } from '@tollkeeper/contracts';
import { addMicro } from '@tollkeeper/money';

/** Records that are already summed by what a bill line is made of, or a single one. */
export interface RatedLine {
  accountId: string;
  subscriptionId: string;
  periodId: string;
  offeringId: string;
  offeringVersion: number;
  usageType: UsageType;
  zone: string;
  /** First and last in the alphabet: equal when the line has one destination. */
  firstDescription: string;
  lastDescription: string;
  records: number;
  quantity: number;
  includedQuantity: number;
  amountMicro: number;
  /** Days of the billed period that the line puts right; left out: usage of the period itself. */
  corrects?: Period;
  /** Days of a period that was billed before the records came; left out: usage of the period itself. */
  late?: Period;
}

type Sum = RatedTotal & { lastDescription: string };

const keyOf = (total: RatedTotal): string =>
  [
    total.subscriptionId,
    total.periodId,
    total.offeringId,
    total.usageType,
    total.zone,
    total.taxCode,
    ...(total.corrects ? [total.corrects.from, total.corrects.to] : []),
    ...(total.late ? ['late', total.late.from, total.late.to] : []),
  ].join('|');

const least = (left: string, right: string): string => (left < right ? left : right);
const greatest = (left: string, right: string): string => (left < right ? right : left);

/** One total per subscription, period, offering, usage type, zone and tax code, in an order that never varies. */
export function totalsOf(
  lines: readonly RatedLine[],
  taxCodeOf: (offeringId: string, version: number) => string,
): RatedTotal[] {
  const sums = new Map<string, Sum>();
  for (const { offeringVersion, firstDescription, lastDescription, ...line } of lines) {
    const taxCode = taxCodeOf(line.offeringId, offeringVersion);
    const total: Sum = {
      ...line,
      revenueCategory: revenueOf[line.usageType],
      taxCode,
      description: firstDescription,
      lastDescription,
    };
    const key = keyOf(total);
    const sum = sums.get(key);
    sums.set(key, sum ? merged(sum, total) : total);
  }
  return [...sums].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, sum]) => described(sum));
}

const merged = (sum: Sum, line: Sum): Sum => ({
  ...sum,
  description: least(sum.description, line.description),
  lastDescription: greatest(sum.lastDescription, line.lastDescription),
  records: sum.records + line.records,
  quantity: sum.quantity + line.quantity,
  includedQuantity: sum.includedQuantity + line.includedQuantity,
  amountMicro: addMicro(sum.amountMicro, line.amountMicro),
});

const usageNames: Record<UsageType, string> = {
  voice: 'Calls',
  video: 'Video calls',
  sms: 'Text messages',
  mms: 'Picture messages',
  data: 'Data',
  event: 'Services',
};

const revenueOf: Record<UsageType, RevenueCategory> = {
  voice: 'voice',
  video: 'voice',
  sms: 'sms',
  mms: 'sms',
  data: 'data',
  event: 'service',
};

/** A line of many destinations is named by its zone. Fields in one order: equal totals are one object in storage. */
const described = (sum: Sum): RatedTotal => ({
  accountId: sum.accountId,
  subscriptionId: sum.subscriptionId,
  periodId: sum.periodId,
  offeringId: sum.offeringId,
  usageType: sum.usageType,
  zone: sum.zone,
  revenueCategory: sum.revenueCategory,
  taxCode: sum.taxCode,
  description: nameOf(sum),
  records: sum.records,
  quantity: sum.quantity,
  includedQuantity: sum.includedQuantity,
  amountMicro: sum.amountMicro,
  ...(sum.corrects ? { corrects: sum.corrects } : {}),
  ...(sum.late ? { late: sum.late } : {}),
});

/** A correction names the days that it puts right, late usage those that it was used in, the last one included. */
function nameOf({ corrects, late, description, lastDescription, usageType, zone }: Sum): string {
  const name = description === lastDescription ? description : `${usageNames[usageType]}, ${zone}`;
  const daysOf = ({ from, to }: Period) => `${from} to ${addDays(to, -1)}`;
  if (corrects) return `Correction of ${daysOf(corrects)}: ${name}`;
  return late ? `Late usage of ${daysOf(late)}: ${name}` : name;
}
