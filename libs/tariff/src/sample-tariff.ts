import type {
  Allowance,
  OfferingVersion,
  RateDeckVersion,
  RateEntry,
  SubscriptionProfile,
} from '@tollkeeper/contracts';
import { compileCatalog } from './catalog/compile-catalog';
import { compileDeck } from './deck/compile-deck';
import { type GuidedUsage, guideUsage } from './guiding/guide-usage';
import { type SubscriberAccount, SubscriberDirectory } from './guiding/subscriber-directory';
import { CyclePeriods } from './guiding/usage-periods';
import type { SuspenseReason, UsageRecord } from './record/usage-record';

/** A small tariff for specs: one call costs what a person can count. */
export const entry = (change: Partial<RateEntry> = {}): RateEntry => ({
  prefix: '49',
  usageType: 'voice',
  servingZone: 'home',
  zone: 'national',
  description: 'Germany',
  connectFee: '0',
  rate: '0.06',
  perUnits: 60,
  initialIncrement: 1,
  nextIncrement: 1,
  roundAt: 'record',
  rounding: 'halfUp',
  ...change,
});

export const dataEntry = (change: Partial<RateEntry> = {}): RateEntry =>
  entry({
    prefix: 'zone:home',
    usageType: 'data',
    zone: 'home',
    rate: '0.10',
    perUnits: 1_000_000,
    roundAt: 'line',
    ...change,
  });

export const deckVersion: RateDeckVersion = {
  deckId: 'retail',
  version: 1,
  currency: 'EUR',
  validFrom: '2020-01-01T00:00:00.000Z',
  servingZones: [
    { network: '262', servingZone: 'home' },
    { network: '26299', servingZone: 'festival' },
    { network: '208', servingZone: 'roaming' },
  ],
  freeNumbers: ['112'],
};

export const allowance = (change: Partial<Allowance> = {}): Allowance => ({
  allowanceId: 'minutes',
  name: 'Minutes',
  usageType: 'voice',
  zones: ['national'],
  units: 100,
  priority: 1,
  shared: false,
  ...change,
});

export const offering = (change: Partial<OfferingVersion> = {}): OfferingVersion => ({
  offeringId: 'plan',
  version: 1,
  name: 'Plan',
  currency: 'EUR',
  validFrom: '2020-01-01T00:00:00.000Z',
  deckId: 'retail',
  recurringCharges: [],
  allowances: [],
  usageTaxCode: 'telecom',
  paidInAdvance: null,
  ...change,
});

export const subscription = (change: Partial<SubscriptionProfile> = {}): SubscriptionProfile => ({
  subscriptionId: 'sub_1',
  status: 'active',
  activeFrom: '2026-01-01T00:00:00.000Z',
  activeTo: null,
  plans: [{ offeringId: 'plan', from: '2026-01-01T00:00:00.000Z', to: null }],
  identifiers: [{ kind: 'msisdn', value: '+4915111', from: '2026-01-01T00:00:00.000Z', to: null }],
  poolId: null,
  paidPeriods: [],
  ...change,
});

export const account = (change: Partial<SubscriberAccount> = {}): SubscriberAccount => ({
  accountId: 'acc_1',
  zone: 'UTC',
  cycle: { frequency: 'monthly', anchorDay: 1, zone: 'UTC' },
  subscriptions: [subscription()],
  ...change,
});

export const call = (change: Partial<UsageRecord> = {}): UsageRecord => ({
  recordId: 'r1',
  usageType: 'voice',
  msisdn: '4915111',
  imsi: '',
  otherParty: '4930123',
  startAt: '2026-01-10T12:00:00.000Z',
  quantity: 60,
  network: '26201',
  sessionId: '',
  ...change,
});

export const dataUse = (change: Partial<UsageRecord> = {}): UsageRecord =>
  call({ usageType: 'data', otherParty: '', quantity: 44, ...change });

export interface Tariff {
  entries?: RateEntry[];
  offerings?: OfferingVersion[];
  accounts?: SubscriberAccount[];
}

export function guide(record: UsageRecord, tariff: Tariff = {}): GuidedUsage | SuspenseReason {
  const { entries = [entry(), dataEntry()], offerings = [offering()], accounts = [account()] } = tariff;
  const catalog = compileCatalog(offerings, [compileDeck(deckVersion, entries)]);
  return guideUsage(record, {
    directory: new SubscriberDirectory(accounts),
    catalog,
    periods: new CyclePeriods(),
  });
}

export function guided(record: UsageRecord, tariff?: Tariff): GuidedUsage {
  const found = guide(record, tariff);
  if (typeof found === 'string') throw new Error(found);
  return found;
}
