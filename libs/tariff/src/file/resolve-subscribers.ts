import { addDays, type Cycle, type Instant, localDateOf, startOfDay } from '@tollkeeper/calendar';
import type {
  IdentifierAssignment,
  OfferingVersion,
  PaidPeriod,
  PlanAssignment,
} from '@tollkeeper/contracts';
import type { SubscriberAccount } from '../guiding/subscriber-directory';
import type { SubscriberDraft, SubscriptionDraft } from './subscriber-fields';

type Offerings = Pick<OfferingVersion, 'offeringId' | 'validFrom' | 'paidInAdvance'>;

const beginning: Instant = '0001-01-01T00:00:00.000Z';

/** Plans paid in advance whose paid periods are not stated are paid without a gap for so long. */
const paidYears = 20;
const daysOfYear = 365;

/** What a file leaves out of its subscribers, filled in: from the first version of their plan on, always paid. */
export class SubscriberDefaults {
  private readonly paid = new Map<string, PaidPeriod[]>();
  private readonly first = new Map<string, Offerings>();

  constructor(offerings: readonly Offerings[]) {
    for (const offering of offerings) {
      const known = this.first.get(offering.offeringId);
      if (!known || offering.validFrom < known.validFrom) this.first.set(offering.offeringId, offering);
    }
  }

  accountOf(draft: SubscriberDraft): SubscriberAccount {
    const zone = draft.zone ?? 'UTC';
    const cycle: Cycle = { ...(draft.cycle ?? { frequency: 'monthly', anchorDay: 1 }), zone };
    return {
      accountId: draft.accountId,
      zone,
      cycle,
      subscriptions: draft.subscriptions.map((subscription) => this.subscriptionOf(subscription, zone)),
    };
  }

  /** A number that no file knows is a subscription of its own. */
  accountOfNumber(number: string, { msisdn, imsi }: { msisdn: string; imsi: string }, plan: string) {
    return this.accountOf({
      accountId: number,
      subscriptions: [
        { subscriptionId: number, plan, ...(msisdn ? { msisdn } : {}), ...(imsi ? { imsi } : {}) },
      ],
    });
  }

  private subscriptionOf(draft: SubscriptionDraft, zone: string): SubscriberAccount['subscriptions'][number] {
    const { subscriptionId, poolId = null, activeTo = null } = draft;
    const stated = draft.plans ?? (draft.plan === undefined ? [] : [{ offeringId: draft.plan }]);
    const activeFrom = draft.activeFrom ?? beginning;
    const plans = stated.map((assignment) => this.assignmentOf(assignment, activeFrom));
    const addOns = (draft.addOns ?? []).map((assignment) => this.assignmentOf(assignment, activeFrom));
    return {
      subscriptionId,
      status: 'active',
      activeFrom,
      activeTo,
      plans,
      ...(addOns.length > 0 ? { addOns } : {}),
      identifiers: identifiersOf(draft, activeFrom),
      poolId,
      paidPeriods: draft.paidPeriods ?? plans.flatMap((plan) => this.paidPeriodsOf(plan, zone)),
    };
  }

  private assignmentOf(
    {
      offeringId,
      from,
      to = null,
    }: { offeringId: string; from?: Instant | undefined; to?: Instant | null | undefined },
    activeFrom: Instant,
  ): PlanAssignment {
    const validFrom = this.first.get(offeringId)?.validFrom ?? beginning;
    return { offeringId, from: from ?? (activeFrom > validFrom ? activeFrom : validFrom), to };
  }

  private paidPeriodsOf({ offeringId, from }: PlanAssignment, zone: string): PaidPeriod[] {
    const days = this.first.get(offeringId)?.paidInAdvance?.days;
    if (days === undefined) return [];
    const key = `${days} ${from} ${zone}`;
    const known = this.paid.get(key);
    if (known) return known;
    const firstDay = localDateOf(from, zone);
    const count = Math.ceil((paidYears * daysOfYear) / days);
    const starts = Array.from({ length: count + 1 }, (_, at) =>
      at === 0 ? from : startOfDay(addDays(firstDay, at * days), zone),
    );
    const periods = starts.slice(1).map((to, at) => ({ from: starts[at]!, to }));
    this.paid.set(key, periods);
    return periods;
  }
}

function identifiersOf(
  { msisdn, imsi, identifiers = [] }: SubscriptionDraft,
  activeFrom: Instant,
): IdentifierAssignment[] {
  const always = (kind: 'msisdn' | 'imsi', value: string | undefined): IdentifierAssignment[] =>
    value === undefined ? [] : [{ kind, value, from: activeFrom, to: null }];
  return [
    ...always('msisdn', msisdn),
    ...always('imsi', imsi),
    ...identifiers.map(({ kind, value, from = activeFrom, to = null }) => ({ kind, value, from, to })),
  ];
}
