import type { Instant } from '@tollkeeper/calendar';
import type { CreditTerms } from '@tollkeeper/contracts';
import { type Micro, minorToMicro } from '@tollkeeper/money';
import { type AccountState, strictest, type UsageBar } from './network-state';

/** What an account used in a period of its cycle; `billed`: an invoice has it. */
export interface UsageOfPeriod {
  periodKey: string;
  fromAt: Instant;
  toAt: Instant;
  revision: number;
  ratedMicro: Micro;
  roamingDataMicro: Micro;
  billed: boolean;
}

type CapCause = 'usageCap' | 'roamingCap';

export interface Cap {
  cause: CapCause;
  limitMinor: number;
  /** Percentages below 100 that are told. */
  notices: readonly number[];
  /** What is barred at 100 %; null: nothing. */
  bars: UsageBar | null;
}

export interface ToldThreshold {
  cause: CapCause;
  periodKey: string;
  percent: number;
  at: Instant;
}

export interface CapBar {
  cause: CapCause;
  periodKey: string;
  state: UsageBar;
  since: Instant;
  /** The end of the period; a payment, a higher cap or the customer's word may lift it before. */
  until: Instant;
}

const usualNotices = [80];

/** The class's cap on all usage, and the cap on data roaming that the law or the customer sets. */
export function capsOf(terms: CreditTerms | null, roamingCapMinor: number | null): Cap[] {
  const caps: Cap[] = [];
  if (terms && terms.usageCapMinor !== null) {
    const action = terms.capAction ?? 'notify';
    caps.push({
      cause: 'usageCap',
      limitMinor: terms.usageCapMinor,
      notices: terms.capNotices ?? usualNotices,
      bars: action === 'notify' ? null : action,
    });
  }
  if (roamingCapMinor !== null)
    caps.push({
      cause: 'roamingCap',
      limitMinor: roamingCapMinor,
      notices: usualNotices,
      bars: 'barRoamingData',
    });
  return caps;
}

export interface CapFacts {
  caps: readonly Cap[];
  usage: readonly UsageOfPeriod[];
  /** Paid ahead: account credit makes room under the cap of all usage. */
  creditMinor: number;
  currency: string;
  told: readonly ToldThreshold[];
  bars: readonly CapBar[];
  at: Instant;
}

export interface CapFindings {
  /** The highest threshold that is newly passed, of each cap. */
  news: ToldThreshold[];
  told: ToldThreshold[];
  bars: CapBar[];
}

/** Each threshold is told once a period; what is barred stays barred only while its cause lasts. */
export function lookAtCaps(facts: CapFacts): CapFindings {
  const { caps, usage, told, bars, at } = facts;
  const open = usage.filter(({ billed, fromAt, toAt }) => !billed && fromAt <= at && at < toAt);
  const passed = open.flatMap((period) =>
    caps.map((cap) => ({ cap, period, percents: passedPercents(cap, usedOf(cap, period, facts), facts) })),
  );
  const fresh = passed.map(({ cap: { cause }, period: { periodKey }, percents }) =>
    percents
      .filter((percent) => !told.some(same({ cause, periodKey, percent })))
      .map((percent) => ({ cause, periodKey, percent, at })),
  );
  return {
    news: fresh.flatMap((each) => each.slice(-1)),
    told: [...told, ...fresh.flat()],
    bars: passed.flatMap(({ cap: { cause, bars: state }, period: { periodKey, toAt }, percents }) => {
      if (!state || !percents.includes(100)) return [];
      const known = bars.find((bar) => bar.cause === cause && bar.periodKey === periodKey);
      return [{ cause, periodKey, state, since: known?.since ?? at, until: toAt }];
    }),
  };
}

/** The strictest of the bars; null: none. */
export function usageBarOf(bars: readonly CapBar[]): UsageBar | null {
  const state = bars.reduce<AccountState>((all, bar) => strictest(all, bar.state), 'active');
  return state === 'active' || state === 'throttled' || state === 'suspended' ? null : state;
}

const same =
  (one: Pick<ToldThreshold, 'cause' | 'periodKey' | 'percent'>) =>
  (other: ToldThreshold): boolean =>
    one.cause === other.cause && one.periodKey === other.periodKey && one.percent === other.percent;

function usedOf({ cause }: Cap, period: UsageOfPeriod, { creditMinor, currency }: CapFacts): Micro {
  if (cause === 'roamingCap') return period.roamingDataMicro;
  return Math.max(0, period.ratedMicro - minorToMicro(creditMinor, currency));
}

/** Ascending. Nothing used passes nothing, not even a cap of 0. */
function passedPercents({ limitMinor, notices }: Cap, used: Micro, { currency }: CapFacts): number[] {
  if (used <= 0) return [];
  const limit = BigInt(minorToMicro(limitMinor, currency));
  const percents = [...new Set([...notices.filter((percent) => percent < 100), 100])].sort(
    (left, right) => left - right,
  );
  return percents.filter((percent) => BigInt(used) * 100n >= BigInt(percent) * limit);
}
