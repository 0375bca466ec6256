import type { Aggregation, RoundAt, RoundingMode, UsageType } from '@tollkeeper/contracts';

/** One language's words; another language is another table. Quantities come with their unit, money with its currency. */
export interface ExplanationWords {
  units: Record<UsageType, string>;
  modes: Record<RoundingMode, string>;
  scopes: Record<RoundAt, string>;
  aggregations: Record<Aggregation, string>;
  bare: (count: number) => string;
  used: (units: string, billed: string, increments: string) => string;
  plan: (offering: string, deck: string) => string;
  row: (prefix: string, servingZone: string) => string;
  price: (name: string) => string;
  agreed: (override: string) => string;
  band: (band: string) => string;
  rate: (rate: string, perUnits: string) => string;
  step: (units: string, rate: string, perUnits: string) => string;
  volume: (units: string, rate: string, perUnits: string) => string;
  package: (amount: string, size: string, free: string | null, counts: 'started' | 'full') => string;
  /** `percent` is null where tiers differ. */
  percent: (percent: string | null, money: string | null, fixed: string | null, bounded: boolean) => string;
  flat: (amount: string) => string;
  passThrough: (money: string | null) => string;
  included: (units: string, bucket: string) => string;
  /** `back`: given back to it, since the sum became cheaper. */
  paid: (amount: string, bucket: string, back: boolean) => string;
  beyond: (units: string, bucket: string, zones: string) => string;
  throttled: (units: string, by: string) => string;
  blocked: (units: string, by: string) => string;
  charged: (units: string) => string;
  /** What the record changes the period's quantity by. */
  aggregated: (units: string, aggregation: Aggregation) => string;
  span: (from: string, to: string) => string;
  connect: (amount: string) => string;
  limit: (amount: string) => string;
  summed: (units: string, scope: string) => string;
  rounded: (mode: string, decimals: number, scope: string) => string;
  total: (amount: string) => string;
}

export const english: ExplanationWords = {
  units: { voice: 's', video: 's', sms: 'messages', mms: 'messages', data: 'bytes', event: 'units' },
  modes: { halfUp: 'half up', halfEven: 'half to even', up: 'up', down: 'down' },
  scopes: { record: 'record', session: 'session', day: 'day', line: 'bill line' },
  aggregations: {
    sum: 'the sum of the period',
    count: 'the number of records of the period',
    uniqueCount: 'the number of distinct values of the period',
    max: 'the highest value of the period',
    latest: 'the last value of the period',
    weightedSum: 'the level of the period by time',
  },
  bare: String,
  used: (units, billed, increments) => `${units} used, billed as ${billed} (${increments})`,
  plan: (offering, deck) => `plan ${offering}, deck ${deck}`,
  row: (prefix, servingZone) => `row "${prefix}" in ${servingZone}`,
  price: (name) => `price "${name}"`,
  agreed: (override) => `as agreed with the customer (${override})`,
  band: (band) => `band ${band}`,
  rate: (rate, perUnits) => `${rate} per ${perUnits}`,
  step: (units, rate, perUnits) => `${units} at ${rate} per ${perUnits}`,
  volume: (units, rate, perUnits) => `all ${units} until now at ${rate} per ${perUnits}`,
  package: (amount, size, free, counts) =>
    `${amount} for each ${counts} package of ${size}${free === null ? '' : ` behind ${free} free`}`,
  percent: (percent, money, fixed, bounded) =>
    [
      `${percent === null ? 'the percentage of its tier' : `${percent} %`} of ${money ?? 'the money that the record carries'}`,
      ...(fixed === null ? [] : [`plus ${fixed}`]),
      ...(bounded ? ['within the free part, the least and the most of the price'] : []),
    ].join(' '),
  flat: (amount) => `${amount} for each event`,
  passThrough: (money) => `the price that the record carries${money === null ? '' : `, ${money}`}`,
  included: (units, bucket) => `${units} from allowance ${bucket}`,
  paid: (amount, bucket, back) =>
    back
      ? `${amount} back to included money ${bucket}`
      : `${amount} of it paid from included money ${bucket}`,
  beyond: (units, bucket, zones) =>
    `allowance ${bucket} covers at most ${units} in ${zones}, which are used up`,
  throttled: (units, by) => `${units} free at lower speed behind allowance ${by}`,
  blocked: (units, by) => `${units} free behind allowance ${by}, which is used up and charges nothing`,
  charged: (units) => `${units} charged`,
  aggregated: (units, aggregation) => `${units} charged by ${english.aggregations[aggregation]}`,
  span: (from, to) => `from ${from} to ${to}`,
  connect: (amount) => `connect fee ${amount}`,
  limit: (amount) => `limited to ${amount}`,
  summed: (units, scope) => `after ${units} of the same ${scope}`,
  rounded: (mode, decimals, scope) => `rounded ${mode} to ${decimals} decimals for each ${scope}`,
  total: (amount) => `in all ${amount}`,
};
