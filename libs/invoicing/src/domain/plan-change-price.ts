import type { Instant, LocalDate } from '@tollkeeper/calendar';
import type { AccountProfile } from '@tollkeeper/contracts';
import type { Bill, BillLine } from './bill';
import { lineNoOf, netOf } from './line-parts';

/** The account as it would be if the subscription had another plan from then on; `null`: it has no such service then. */
export function withPlanFrom(
  account: AccountProfile,
  subscriptionId: string,
  offeringId: string,
  from: Instant,
): AccountProfile | null {
  const subscription = account.subscriptions.find((each) => each.subscriptionId === subscriptionId);
  if (!subscription || subscription.activeFrom > from) return null;
  if (subscription.activeTo !== null && subscription.activeTo <= from) return null;
  const plans = [
    ...subscription.plans
      .filter((plan) => plan.from < from)
      .map((plan) => (plan.to === null || plan.to > from ? { ...plan, to: from } : plan)),
    { offeringId, from, to: subscription.activeTo },
  ];
  return {
    ...account,
    subscriptions: account.subscriptions.map((each) => (each === subscription ? { ...each, plans } : each)),
  };
}

export interface Price {
  netMinor: number;
  taxMinor: number;
  totalMinor: number;
}

export interface PlanChangePrice {
  /** What the change costs for the days before the next cut-off; below 0: it is given back. */
  prorated: Price;
  /** The lines of the next bill that the change brings, and those that it takes away. */
  added: BillLine[];
  removed: BillLine[];
  /** The next bill without and with the change. */
  before: Price;
  after: Price;
}

/** The difference that a change of plan makes to the next bill: both are made by the function of the real one. */
export function planChangePrice(
  before: Bill | null,
  after: Bill | null,
  cutOffOn: LocalDate,
): PlanChangePrice {
  const [had, has] = [before?.lines ?? [], after?.lines ?? []];
  const added = without(has, had);
  const removed = without(had, has);
  const early = (lines: readonly BillLine[]) => lines.filter(({ from }) => from < cutOffOn);
  return {
    prorated: less(priceOf(after, early(has)), priceOf(before, early(had))),
    added,
    removed,
    before: totalOf(before),
    after: totalOf(after),
  };
}

const identityOf = (line: BillLine): string =>
  [line.subscriptionId, line.offeringId, line.kind, line.chargeKey, line.from, line.to, netOf(line)].join(
    '/',
  );

const without = (lines: readonly BillLine[], others: readonly BillLine[]): BillLine[] => {
  const known = new Set(others.map(identityOf));
  return lines.filter((line) => !known.has(identityOf(line)));
};

/** Lines with what they bear of the taxes and of the carrier's own fees. */
function priceOf(bill: Bill | null, lines: readonly BillLine[]): Price {
  const own = new Set(lines.map(({ lineNo }) => lineNo));
  const borne = (levies: Bill['taxes'] = []) =>
    levies
      .flatMap(({ parts = [] }) => parts)
      .filter(({ chargeId }) => own.has(lineNoOf(chargeId) ?? 0))
      .reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  const netMinor = lines.reduce((sum, line) => sum + netOf(line), 0) + borne(bill?.recoveryFees);
  const taxMinor = borne(bill?.taxes);
  return { netMinor, taxMinor, totalMinor: netMinor + taxMinor };
}

const totalOf = (bill: Bill | null): Price => ({
  netMinor: bill?.netMinor ?? 0,
  taxMinor: bill?.taxMinor ?? 0,
  totalMinor: bill?.totalMinor ?? 0,
});

const less = (left: Price, right: Price): Price => ({
  netMinor: left.netMinor - right.netMinor,
  taxMinor: left.taxMinor - right.taxMinor,
  totalMinor: left.totalMinor - right.totalMinor,
});
