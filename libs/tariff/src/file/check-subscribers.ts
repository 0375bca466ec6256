import type { Instant } from '@tollkeeper/calendar';
import type { OfferingKind } from '@tollkeeper/contracts';
import type { SubscriberAccount } from '../guiding/subscriber-directory';
import { type Finding, findRepeats } from './finding';
import { suggestion } from './nearest-name';
import type { SubscriberDraft } from './subscriber-fields';

interface PlanFacts {
  /** Of its first version. */
  validFrom: Instant;
  kind: OfferingKind | undefined;
}

interface Stretch {
  from: Instant;
  to: Instant | null;
}

const overlaps = (left: Stretch, right: Stretch): boolean =>
  (left.to === null || right.from < left.to) && (right.to === null || left.from < right.to);

const endsEarly = ({ from, to }: Stretch): boolean => to !== null && to <= from;

/** Stretches of one thing at a time: each ends after it begins, and none begins before another has ended. */
function checkStretches(stretches: readonly Stretch[], field: string, what: string): Finding[] {
  return stretches.flatMap((stretch, at): Finding[] => {
    if (endsEarly(stretch)) return [{ field: `${field}.${at}.to`, reason: 'must be later than from' }];
    const other = stretches.findIndex((earlier, before) => before < at && overlaps(earlier, stretch));
    return other === -1
      ? []
      : [
          {
            field: `${field}.${at}.from`,
            reason: `two ${what} at one time: it begins before number ${other} has ended (${stretches[other]!.to ?? 'which never ends'})`,
          },
        ];
  });
}

/** What the shape of subscribers alone can't tell; `accounts` are the same with what they leave out. */
export function checkSubscribers(
  drafts: readonly SubscriberDraft[],
  accounts: readonly SubscriberAccount[],
  plans: ReadonlyMap<string, PlanFacts>,
): Finding[] {
  const ids = drafts.flatMap(({ subscriptions }, account) =>
    subscriptions.map(({ subscriptionId }, at) => ({
      subscriptionId,
      field: `${account}.subscriptions.${at}`,
    })),
  );
  return [
    ...findRepeats(
      drafts,
      ({ accountId }) => accountId,
      (at) => `${at}.accountId`,
    ),
    ...findRepeats(
      ids,
      ({ subscriptionId }) => subscriptionId,
      (at) => `${ids[at]!.field}.subscriptionId`,
    ),
    ...drafts.flatMap(({ subscriptions }, account) =>
      subscriptions.flatMap((draft, at) =>
        checkSubscription(
          draft,
          accounts[account]!.subscriptions[at]!,
          `${account}.subscriptions.${at}`,
          plans,
        ),
      ),
    ),
    ...checkIdentifiers(accounts),
  ];
}

function checkSubscription(
  draft: SubscriberDraft['subscriptions'][number],
  profile: SubscriberAccount['subscriptions'][number],
  field: string,
  plans: ReadonlyMap<string, PlanFacts>,
): Finding[] {
  const findings: Finding[] = [];
  if (profile.identifiers.length === 0)
    findings.push({ field, reason: 'has no number and no SIM: name msisdn, imsi or identifiers' });
  if (draft.plan === undefined && draft.plans === undefined)
    findings.push({ field: `${field}.plan`, reason: 'is missing: name plan, or plans with their times' });
  if (draft.plan !== undefined && draft.plans !== undefined)
    findings.push({ field: `${field}.plans`, reason: 'plan is there already: leave one of the two' });
  if (endsEarly({ from: profile.activeFrom, to: profile.activeTo }))
    findings.push({ field: `${field}.activeTo`, reason: 'must be later than activeFrom' });
  const planField = draft.plan === undefined ? `${field}.plans` : `${field}.plan`;
  return [
    ...findings,
    ...profile.plans.flatMap((plan, at) =>
      checkPlan(plan, draft.plan === undefined ? `${planField}.${at}` : null, planField, plans),
    ),
    ...(profile.addOns ?? []).flatMap(({ offeringId }, at) =>
      plans.has(offeringId) ? [] : [unknownOffering(`${field}.addOns.${at}.offeringId`, offeringId, plans)],
    ),
    ...checkStretches(profile.plans, `${field}.plans`, 'plans'),
    ...checkStretches(draft.paidPeriods ?? [], `${field}.paidPeriods`, 'paid periods'),
  ];
}

const unknownOffering = (
  field: string,
  offeringId: string,
  plans: ReadonlyMap<string, PlanFacts>,
): Finding => ({
  field,
  reason: `there is no offering ${offeringId}${suggestion(offeringId, [...plans.keys()])}`,
});

function checkPlan(
  { offeringId, from }: { offeringId: string; from: Instant },
  item: string | null,
  field: string,
  plans: ReadonlyMap<string, PlanFacts>,
): Finding[] {
  const place = item === null ? field : `${item}.offeringId`;
  const plan = plans.get(offeringId);
  if (!plan) return [unknownOffering(place, offeringId, plans)];
  if (plan.kind === 'device') return [{ field: place, reason: `${offeringId} is a device, not a plan` }];
  if (plan.kind === 'addOn')
    return [{ field: place, reason: `${offeringId} is an add-on, not a plan: name it in addOns` }];
  return from < plan.validFrom
    ? [
        {
          field: item === null ? field : `${item}.from`,
          reason: `${offeringId} is valid from ${plan.validFrom} on only: usage before has no price`,
        },
      ]
    : [];
}

/** A number or SIM is one subscription's at a time. */
function checkIdentifiers(accounts: readonly SubscriberAccount[]): Finding[] {
  const holders = new Map<string, { stretch: Stretch; subscriptionId: string }[]>();
  const findings: Finding[] = [];
  accounts.forEach(({ subscriptions }, account) =>
    subscriptions.forEach(({ subscriptionId, identifiers, activeTo }, at) => {
      for (const { kind, value, from, to } of identifiers) {
        const stretch = { from, to: to ?? activeTo };
        const others = holders.get(`${kind} ${value}`) ?? [];
        const other = others.find((each) => overlaps(each.stretch, stretch));
        if (other)
          findings.push({
            field: `${account}.subscriptions.${at}`,
            reason: `${kind} ${value} is ${other.subscriptionId}'s at the same time: usage would have two owners`,
          });
        holders.set(`${kind} ${value}`, [...others, { stretch, subscriptionId }]);
      }
    }),
  );
  return findings;
}
