import { addDays, type Cycle, localDateOf, startOfDay } from '@tollkeeper/calendar';
import type { PlanAssignment, RecurringCharge, RestrictionSpan } from '@tollkeeper/contracts';
import type { Bill, LastBilled } from './bill';
import { servedUntil } from './bill-purpose';
import { buildInvoice } from './build-invoice';
import { lastBilledOf } from './charged-through';
import { netOf } from './line-parts';
import {
  sampleAccount,
  sampleCharge,
  sampleInput,
  sampleOffering,
  sampleSubscription,
  sampleTax,
} from './sample-billing';

/** A plan in advance that gives back what is unused, unless its charge says otherwise. Days or instants. */
export interface Held {
  plan: string;
  minor: number;
  from: string;
  /** Of an add-on. */
  to?: string;
  /** When it was ordered; absent: when it began. */
  ordered?: string;
  /** When it was called off; absent: never. */
  undone?: string;
  charge?: Partial<RecurringCharge>;
}

/** What happens to one line, for specs that speak of several bills a day. */
export interface BillsStory {
  cycle?: Cycle;
  /** Cycles that the account has at other bills than the first. */
  cycles?: Record<string, Cycle>;
  plans: Held[];
  addOns?: Held[];
  ends?: string;
  restrictions?: RestrictionSpan[];
  /** A day is a cut-off of the cycle, an instant a bill on demand. */
  bills: string[];
  /** What credit notes have left, by line; known from the second bill on. */
  left?: Record<string, number>;
}

const dateLength = 10;

/** Bill after bill: `plan from..to part amount`. */
export const billsOf = (story: BillsStory): string[] =>
  madeOf(story).map((bill) => (bill ? bill.lines.map(textOf).join('; ') : ''));

export function madeOf({ cycle = monthly(1), ...story }: BillsStory): (Bill | null)[] {
  let last: LastBilled | null = null;
  return story.bills.map((made) => {
    const bill = billOf({ ...story, cycle: story.cycles?.[made] ?? cycle }, made, last);
    const on = dayOf(made, cycle.zone);
    if (bill) last = { ...lastBilledOf(on, bill.charged ?? []), ...(story.left ? { left: story.left } : {}) };
    return bill;
  });
}

export const monthly = (anchorDay: number, zone = 'UTC'): Cycle => ({
  frequency: 'monthly',
  anchorDay,
  zone,
});

const dayOf = (made: string, zone: string) => (made.length === dateLength ? made : localDateOf(made, zone));

function billOf(
  { cycle, plans, addOns = [], ends, restrictions = [] }: BillsStory & { cycle: Cycle },
  made: string,
  lastBilled: LastBilled | null,
): Bill | null {
  const { zone } = cycle;
  const at = (when: string) => (when.length === dateLength ? startOfDay(when, zone) : when);
  const now = at(made);
  const isKnown = ({ from, ordered = from, undone }: Held) =>
    at(ordered) <= now && (undone === undefined || at(undone) > now);
  const activeTo = ends !== undefined && at(ends) <= now ? at(ends) : null;
  const known = plans.filter(isKnown);
  const subscription = sampleSubscription('1', '', {
    activeFrom: at(plans[0]?.from ?? ''),
    activeTo,
    plans: known.map(({ plan, from }, no): PlanAssignment => {
      const next = known[no + 1];
      return { offeringId: plan, from: at(from), to: next ? at(next.from) : activeTo };
    }),
    addOns: addOns.filter(isKnown).map(({ plan, from, to }) => ({
      ...{ offeringId: plan, from: at(from) },
      to: to !== undefined && at(to) <= now ? at(to) : activeTo,
    })),
    restrictions: restrictions
      .filter(({ from }) => at(from) <= now)
      .map(({ kind, from, to }) => ({
        kind,
        from: at(from),
        to: to !== null && at(to) <= now ? at(to) : null,
      })),
  });
  const on = dayOf(made, zone);
  const tomorrow = addDays(on, 1);
  const onDemand =
    made.length === dateLength
      ? {}
      : { purpose: 'onDemand' as const, period: servedUntil(cycle, tomorrow), oneOffUntil: tomorrow };
  return buildInvoice(
    sampleInput({
      ...{ cycle, startsOn: '2000-01-01', cutOffOn: on, lastBilled, ...onDemand },
      account: { ...sampleAccount(subscription), zone, cycle },
      offerings: [...plans, ...addOns].map(offeringOf),
      taxRules: [{ ...sampleTax('telecom', '0'), validFrom: '2000-01-01' }],
    }),
  );
}

const offeringOf = ({ plan, minor, charge }: Held) =>
  sampleOffering(
    plan,
    [sampleCharge('fee', minor, { timing: 'inAdvance', proration: { refundUnused: true }, ...charge })],
    { validFrom: '2000-01-01T00:00:00.000Z' },
  );

function textOf(line: Bill['lines'][number]): string {
  const { offeringId, from, to, proration } = line;
  const part = proration ? `${proration.numerator}/${proration.denominator} ` : '';
  return `${offeringId} ${from.slice(5)}..${to.slice(5)} ${part}${netOf(line)}`;
}
