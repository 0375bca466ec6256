import type { Cycle, Instant } from '@tollkeeper/calendar';
import type { OfferingVersion, SubscriptionProfile, UsageDirection, UsageType } from '@tollkeeper/contracts';
import { compileCatalog, type CompiledCatalog } from '../catalog/compile-catalog';
import { type GuidedUsage, guideOn } from '../guiding/guide-usage';
import type { SubscriberAccount } from '../guiding/subscriber-directory';
import type { CyclePeriods } from '../guiding/usage-periods';
import type { SuspenseReason, UsageRecord } from '../record/usage-record';

/** What a host network charges for traffic on it: a deck of its own, beside whatever the subscriber pays. */
export interface WholesaleAgreement {
  partnerId: string;
  deckId: string;
  currency: string;
  /** MCC or MCC and MNC of serving networks. */
  networks: string[];
  /** Left out: every direction. */
  directions?: UsageDirection[];
  /** Left out: every kind. */
  usageTypes?: UsageType[];
  /** Whose midnights part days and months. */
  zone: string;
  validFrom: Instant;
  validTo: Instant | null;
}

const mccLength = 3;

const names = ({ networks }: WholesaleAgreement, network: string): boolean =>
  networks.includes(network) || networks.includes(network.slice(0, mccLength));

/** Whether the partner carried it, as of the record's start. */
export const isCarried = (agreement: WholesaleAgreement, record: UsageRecord): boolean =>
  names(agreement, record.network) &&
  agreement.validFrom <= record.startAt &&
  (agreement.validTo === null || record.startAt < agreement.validTo) &&
  (agreement.directions?.includes(record.direction ?? 'outgoing') ?? true) &&
  (agreement.usageTypes?.includes(record.usageType) ?? true);

const monthly = (zone: string): Cycle => ({ frequency: 'monthly', anchorDay: 1, zone });

/**
 * Guides records onto a partner's deck. The same core rates them, with a state for each SIM: what is summed over more
 * (a volume of all SIMs) is a matter of settlement.
 */
export class WholesaleGuide {
  private readonly catalog: CompiledCatalog;
  private readonly served = new Map<
    string,
    { account: SubscriberAccount; subscription: SubscriptionProfile }
  >();

  constructor(
    readonly agreement: WholesaleAgreement,
    decks: CompiledCatalog['decks'],
    private readonly periods: CyclePeriods,
  ) {
    this.catalog = { offerings: compileCatalog([planOf(agreement)], []).offerings, decks };
  }

  guide(record: UsageRecord): GuidedUsage | SuspenseReason {
    return guideOn(record, this.subscriberOf(record), { catalog: this.catalog, periods: this.periods });
  }

  private subscriberOf({ imsi, msisdn }: UsageRecord) {
    const sim = imsi || msisdn;
    const found = this.served.get(sim);
    if (found) return found;
    const { partnerId, zone, validFrom, validTo } = this.agreement;
    const subscription: SubscriptionProfile = {
      subscriptionId: `${partnerId}/${sim}`,
      status: 'active',
      activeFrom: validFrom,
      activeTo: validTo,
      plans: [{ offeringId: partnerId, from: validFrom, to: validTo }],
      identifiers: [],
      poolId: null,
      paidPeriods: [],
    };
    const account = { accountId: partnerId, zone, cycle: monthly(zone), subscriptions: [subscription] };
    const subscriber = { account, subscription };
    this.served.set(sim, subscriber);
    return subscriber;
  }
}

/** An agreement as the core knows plans: no allowances, nothing but its deck. */
const planOf = ({ partnerId, deckId, currency, validFrom }: WholesaleAgreement): OfferingVersion => ({
  offeringId: partnerId,
  version: 1,
  name: partnerId,
  currency,
  validFrom,
  deckId,
  recurringCharges: [],
  allowances: [],
  usageTaxCode: 'none',
  paidInAdvance: null,
});
