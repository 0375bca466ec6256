import { describe, expect, it } from '@jest/globals';
import { addDays, type Cycle, type LocalDate } from '@tollkeeper/calendar';
import type { AccountProfile, OfferingVersion, SubscriptionProfile } from '@tollkeeper/contracts';
import fc from 'fast-check';
import type { LastBilled } from './bill';
import { chargedThroughOf } from './charged-through';
import { recurringCharges } from './recurring-charges';

const cycle: Cycle = { frequency: 'monthly', anchorDay: 1, zone: 'UTC' };
const at = (date: LocalDate): string => `${date}T00:00:00.000Z`;
const plan = (amountMinor: number, prorate = true): OfferingVersion => ({
  offeringId: 'plan',
  version: 1,
  name: 'Plan',
  currency: 'USD',
  validFrom: '2025-01-01T00:00:00.000Z',
  deckId: 'deck',
  recurringCharges: [
    {
      chargeId: 'monthly',
      name: 'Monthly',
      amountMinor,
      timing: 'inAdvance',
      per: 'subscription',
      prorate,
      taxCode: 'telecom',
      revenueCategory: 'recurring',
    },
  ],
  allowances: [],
  usageTaxCode: 'telecom',
  paidInAdvance: null,
});

/** The subscription as the payer of its n-th part is told of it. */
function sliceOf(cuts: LocalDate[], no: number): SubscriptionProfile {
  const activeFrom = at(no === 0 ? '2026-01-01' : (cuts[no - 1] ?? ''));
  const to = cuts[no];
  return {
    subscriptionId: no === 0 ? 'sub' : `sub.${no + 1}`,
    status: 'active',
    activeFrom,
    activeTo: to ? at(to) : null,
    plans: [{ offeringId: 'plan', from: at('2026-01-01'), to: null }],
    identifiers: [],
    poolId: null,
    paidPeriods: [],
    slice: {
      subscriptionId: 'sub',
      holderAccountId: 'acc',
      activeFrom: at('2026-01-01'),
      continues: to !== undefined,
    },
  };
}

const bill = (
  cutOffOn: LocalDate,
  subscription: SubscriptionProfile,
  offering: OfferingVersion,
  lastBilled: LastBilled | null,
) =>
  recurringCharges({
    cycle,
    startsOn: '2026-01-01',
    cutOffOn,
    account: { subscriptions: [subscription] } as unknown as AccountProfile,
    offerings: [offering],
    lastBilled,
  });

const sum = (lines: { amountMinor: number }[]): number =>
  lines.reduce((total, { amountMinor }) => total + amountMinor, 0);

/** Bills of one payer at the cut-offs of February, March and April; it knows of the cut only once it was made. */
function billed(cuts: LocalDate[], no: number, offering: OfferingVersion) {
  let last: LastBilled | null = null;
  return ['2026-02-01', '2026-03-01', '2026-04-01'].map((cutOffOn) => {
    const known = cuts.filter((cut) => cut <= cutOffOn);
    if (no > known.length) return [];
    const lines = bill(cutOffOn, sliceOf(known, no), offering, last);
    last = { periodTo: cutOffOn, chargedThrough: chargedThroughOf(lines) };
    return lines;
  });
}

describe('payers who share a charge', () => {
  it.each<[string, LocalDate[], number, number[]]>([
    ['nobody else: January and February, then a month each', [], 0, [5000, 2500, 2500]],
    ['until Jan 15: 14 of 31 days', ['2026-01-15'], 0, [1129, 0, 0]],
    ['from Jan 15: 17 of 31 days, and February', ['2026-01-15'], 1, [3871, 2500, 2500]],
    [
      'until Feb 15: what was charged for the days behind it is given back',
      ['2026-02-15'],
      0,
      [5000, -1250, 0],
    ],
    ['from Feb 15: 14 of 28 days, and March', ['2026-02-15'], 1, [0, 3750, 2500]],
    ['until Feb 1, told late: all of February is given back', ['2026-02-01'], 0, [2500, 0, 0]],
  ])('%s', (_, cuts, no, expected) => {
    expect(billed(cuts, no, plan(2500)).map(sum)).toEqual(expected);
  });

  it('a charge that is not prorated is paid once, by who has its first day', () => {
    const whole = plan(2500, false);
    expect(billed(['2026-02-15'], 0, whole).map(sum)).toEqual([5000, 0, 0]);
    expect(billed(['2026-02-15'], 1, whole).map(sum)).toEqual([0, 2500, 2500]);
  });

  it('pay together what one would have paid, to the cent, whenever and however often payers change', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 1, max: 80 }), { maxLength: 5 }),
        fc.integer({ min: 1, max: 9999 }),
        (days, amountMinor) => {
          const cuts = days.sort((left, right) => left - right).map((day) => addDays('2026-01-01', day));
          const parts = [...cuts.keys(), cuts.length].map((no) =>
            sum(billed(cuts, no, plan(amountMinor)).flat()),
          );
          expect(parts.reduce((total, part) => total + part, 0)).toBe(4 * amountMinor);
        },
      ),
    );
  });
});
