import { millisOf } from '@tollkeeper/calendar';
import type {
  Allowance,
  RateEntry,
  TariffCalendar,
  TimeBand,
  UsagePrice,
  UsagePriceRule,
} from '@tollkeeper/contracts';
import { compileCatalog } from '../catalog/compile-catalog';
import { compileDeck } from '../deck/compile-deck';
import { guideUsage, type GuidedUsage } from '../guiding/guide-usage';
import { SubscriberDirectory } from '../guiding/subscriber-directory';
import { CyclePeriods } from '../guiding/usage-periods';
import { emptyState, foldGroup } from '../rating/fold-group';
import type { RatedUsage } from '../rating/rate-record';
import type { UsageRecord } from '../record/usage-record';
import { account, call, dataEntry, deckVersion, entry, offering } from '../sample-tariff';

/** What a case is rated from, as a catalog file would say it. */
export interface CaseTariff {
  entries?: RateEntry[];
  calendar?: TariffCalendar;
  /** Later versions of the deck. */
  later?: { validFrom: string; entries: RateEntry[] }[];
  prices?: UsagePriceRule[];
  allowances?: Allowance[];
  zone?: string;
}

type CaseOutcome = RatedUsage | { suspended: string };

/** The plan's own price for everything. */
export const priced = (price: UsagePrice): UsagePriceRule[] => [
  { priceId: 'all', name: 'All usage', when: {}, price },
];

/** CGRateS's slots: a price per so many units, in steps of so many, from a position of the call on. */
export const slots = (
  ...list: [from: number, rate: string, perUnits: number, increment: number][]
): UsagePrice => ({
  charge: {
    model: 'steps',
    steps: list.map(([from, rate, perUnits, increment]) => ({ from, rate, perUnits, increment })),
  },
  rounding: 'up',
  decimals: 4,
});

/** Records with their plan, deck and period, as of the case's tariff. */
export function guideAll(records: readonly UsageRecord[], tariff: CaseTariff): GuidedUsage[] {
  const {
    entries = [entry(), dataEntry()],
    calendar,
    later = [],
    prices = [],
    allowances = [],
    zone = 'UTC',
  } = tariff;
  const version = (validFrom: string, number: number, rows: RateEntry[]) =>
    compileDeck({ ...deckVersion, version: number, validFrom, ...(calendar ? { calendar } : {}) }, rows);
  const decks = [
    version(deckVersion.validFrom, 1, entries),
    ...later.map((each, index) => version(each.validFrom, index + 2, each.entries)),
  ];
  const plan = offering({ usagePrices: prices, allowances, validFrom: '2010-01-01T00:00:00.000Z' });
  const since = '2010-01-01T00:00:00.000Z';
  const known = {
    directory: new SubscriberDirectory([caseAccount(zone, since)]),
    catalog: compileCatalog(
      [plan],
      decks.map((deck) => (deck.version === 1 ? { ...deck, validFrom: since } : deck)),
    ),
    periods: new CyclePeriods(),
  };
  return records.map((record) => {
    const found = guideUsage(record, known);
    if (typeof found === 'string') throw new Error(found);
    return found;
  });
}

export const rate = (records: UsageRecord[], tariff: CaseTariff): CaseOutcome[] =>
  foldGroup(emptyState(), guideAll(records, tariff)).folded.map(({ outcome }) =>
    'rated' in outcome ? outcome.rated : outcome,
  );

const caseAccount = (zone: string, since: string) => {
  const sample = account({ zone });
  return {
    ...sample,
    subscriptions: sample.subscriptions.map((subscription) => ({
      ...subscription,
      activeFrom: since,
      plans: [{ offeringId: 'plan', from: since, to: null }],
      identifiers: subscription.identifiers.map((identifier) => ({ ...identifier, from: since })),
    })),
  };
};

/** One record, which must have a price. */
export function rateOne(record: UsageRecord, tariff: CaseTariff): RatedUsage {
  const [outcome] = rate([record], tariff);
  if (!outcome || 'suspended' in outcome) throw new Error(outcome?.suspended ?? 'nothing was rated');
  return outcome;
}

export const costOf = (record: UsageRecord, tariff: CaseTariff): number =>
  rateOne(record, tariff).amountMicro / 1_000_000;

export const voice = (quantity: number, change: Partial<UsageRecord> = {}): UsageRecord =>
  call({ quantity, ...change });

/** From one instant to another. */
export const talk = (from: string, to: string, change: Partial<UsageRecord> = {}): UsageRecord =>
  call({ startAt: from, quantity: (millisOf(to) - millisOf(from)) / 1_000, ...change });

export const weekBands: TimeBand[] = [
  { band: 'peak', days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '00:00', to: '18:00' },
  { band: 'evening', days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '18:00', to: '00:00' },
  { band: 'weekend', days: ['sat', 'sun'], from: '00:00', to: '00:00' },
];
