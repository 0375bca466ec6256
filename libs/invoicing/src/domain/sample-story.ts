import { type Cycle, type Instant, type LocalDate, startOfDay } from '@tollkeeper/calendar';
import type {
  OfferingVersion,
  PlanAssignment,
  RestrictionSpan,
  SubscriptionProfile,
} from '@tollkeeper/contracts';
import type { Bill } from './bill';
import { type BillingInput, buildInvoice } from './build-invoice';
import { lastBilledOf } from './charged-through';
import { sampleAccount, sampleInput, sampleSubscription } from './sample-billing';

/** What happens to one line, as it becomes known: a bill knows nothing that comes after its cut-off. */
export interface Story {
  cycle?: Cycle;
  offerings: OfferingVersion[];
  /** Offering and the instant (or day) from which it is held, in order. */
  plans: [offeringId: string, from: string][];
  ends?: string;
  restrictions?: RestrictionSpan[];
  cutOffs: LocalDate[];
  more?: (cutOffOn: LocalDate) => Partial<BillingInput>;
}

const dateLength = 10;
const everyMonth: Cycle = { frequency: 'monthly', anchorDay: 1, zone: 'UTC' };

/** Bill after bill, for specs; each has what those before it billed. */
export function storyOf({
  cycle = everyMonth,
  cutOffs,
  offerings,
  more = () => ({}),
  ...facts
}: Story): (Bill | null)[] {
  const billedOnce = new Set<string>();
  const feesBefore = new Set<string>();
  let lastBilled: BillingInput['lastBilled'] = null;
  return cutOffs.map((cutOffOn) => {
    const account = {
      ...sampleAccount(subscriptionAt(facts, startOfDay(cutOffOn, cycle.zone), cycle.zone)),
      zone: cycle.zone,
      cycle,
    };
    const usual = { cycle, startsOn: '2000-01-01', cutOffOn, offerings, account, lastBilled };
    const bill = buildInvoice(sampleInput({ ...usual, billedOnce, feesBefore, ...more(cutOffOn) }));
    if (bill) lastBilled = lastBilledOf(cutOffOn, bill.charged ?? []);
    for (const key of bill?.onceKeys ?? []) billedOnce.add(key);
    for (const key of bill?.feeKeys ?? []) feesBefore.add(key);
    return bill;
  });
}

type Facts = Pick<Story, 'plans' | 'ends' | 'restrictions'>;

function subscriptionAt(
  { plans, ends, restrictions = [] }: Facts,
  now: Instant,
  zone: string,
): SubscriptionProfile {
  const at = (when: string) => (when.length === dateLength ? startOfDay(when, zone) : when);
  const isKnown = (when: string) => at(when) < now;
  const endsAt = ends === undefined ? null : at(ends);
  const activeTo = endsAt !== null && (endsAt < now || endsAt === now) ? endsAt : null;
  const known = plans.filter(([, from], no) => no === 0 || isKnown(from));
  return sampleSubscription('1', '', {
    activeFrom: at(known[0]?.[1] ?? ''),
    activeTo,
    plans: known.map(([offeringId, from], no): PlanAssignment => {
      const next = known[no + 1]?.[1];
      return { offeringId, from: at(from), to: next === undefined ? activeTo : at(next) };
    }),
    restrictions: restrictions
      .filter(({ from }) => isKnown(from))
      .map(({ kind, from, to }) => ({
        kind,
        from: at(from),
        to: to !== null && isKnown(to) ? at(to) : null,
      })),
  });
}
