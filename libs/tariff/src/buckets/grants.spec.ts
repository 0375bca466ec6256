import type { Allowance, OfferingVersion, PlanAssignment, SubscriptionProfile } from '@tollkeeper/contracts';
import { compileCatalog } from '../catalog/compile-catalog';
import type { SubscriberAccount } from '../guiding/subscriber-directory';
import type { UsagePeriod } from '../guiding/usage-periods';
import { account, allowance, offering, subscription } from '../sample-tariff';
import { entitlementOf, grantsIn, grantsOfGroup } from './entitlement';
import type { Grant } from './grant';

const march: UsagePeriod = {
  key: '2026-03-01',
  fromAt: '2026-03-01T00:00:00.000Z',
  toAt: '2026-04-01T00:00:00.000Z',
};
const at = (day: number, hour = 0) =>
  `2026-03-${String(day).padStart(2, '0')}T${String(hour).padStart(2, '0')}:00:00.000Z`;

/** `sub_1/minutes 100 1-10`: bucket, units, first day and the day after the last, 0 for another month. */
const told = ({ bucket, units, fromAt, toAt }: Grant): string => {
  const day = (instant: string) => (instant.startsWith('2026-03') ? Number(instant.slice(8, 10)) : 0);
  return `${bucket} ${units} ${day(fromAt)}-${day(toAt)}`;
};

const grantsFor = (
  who: SubscriberAccount,
  offerings: OfferingVersion[],
  subscriptionId = 'sub_1',
  period = march,
): string[] => {
  const holder = who.subscriptions.find((each) => each.subscriptionId === subscriptionId)!;
  return grantsIn(entitlementOf(who, holder, compileCatalog(offerings, [])), period).map(told);
};

const planned = (change: Partial<Allowance>, holder: Partial<SubscriptionProfile> = {}) =>
  grantsFor(account({ subscriptions: [subscription(holder)] }), [
    offering({ allowances: [allowance(change)] }),
  ]);

const plan = (from: string, to: string | null, offeringId = 'plan'): PlanAssignment => ({
  offeringId,
  from,
  to,
});

describe('a plan grants each period', () => {
  const thirds = { first: true, last: true };
  it.each<[string, Partial<Allowance>, Partial<SubscriptionProfile>, string[]]>([
    [
      'the whole by default, also in the first period',
      {},
      { activeFrom: at(16) },
      ['sub_1/minutes 100 16-0'],
    ],
    [
      'by days from the 16th: 16/31, down',
      { prorate: thirds },
      { activeFrom: at(16) },
      ['sub_1/minutes 51 16-0'],
    ],
    [
      'from the day on, at whatever hour',
      { prorate: thirds },
      { activeFrom: at(16, 23) },
      ['sub_1/minutes 51 16-0'],
    ],
    ['until the 11th: 10/31', { prorate: thirds }, { activeTo: at(11) }, ['sub_1/minutes 32 1-11']],
    [
      'one day is 3/100',
      { prorate: thirds },
      { activeFrom: at(10), activeTo: at(11) },
      ['sub_1/minutes 3 10-11'],
    ],
    [
      'first only',
      { prorate: { first: true, last: false } },
      { activeTo: at(11) },
      ['sub_1/minutes 100 1-11'],
    ],
    [
      'last only',
      { prorate: { first: false, last: true } },
      { activeFrom: at(16) },
      ['sub_1/minutes 100 16-0'],
    ],
    ['nothing before it begins', {}, { activeFrom: '2026-04-01T00:00:00.000Z' }, []],
  ])('%s', (_, change, holder, expected) => {
    expect(planned(change, holder)).toEqual(expected);
  });

  it('with a new version of the plan the bucket has its new size, and what was used stays used', () => {
    const offerings = [
      offering({ allowances: [allowance()] }),
      offering({ version: 2, validFrom: at(10), allowances: [allowance({ units: 300 })] }),
    ];
    expect(grantsFor(account(), offerings)).toEqual(['sub_1/minutes 100 1-10', 'sub_1/minutes 300 10-0']);
  });

  it('with a change of plan by days the bucket has the parts of both', () => {
    const prorate = { first: true, last: true };
    const offerings = [
      offering({ allowances: [allowance({ units: 310, prorate })] }),
      offering({ offeringId: 'big', allowances: [allowance({ units: 620, prorate })] }),
    ];
    const plans = [plan(at(1).replace('03', '01'), at(11)), plan(at(11), null, 'big')];
    expect(grantsFor(account({ subscriptions: [subscription({ plans })] }), offerings)).toEqual([
      'sub_1/minutes 100 1-11',
      'sub_1/minutes 520 11-0',
    ]);
  });

  it('with a bundle: what its components include', () => {
    const component = { componentId: 'talk', name: 'Talk', offeringId: 'talk' };
    const shares = { in: 'millionths' as const, shares: [] };
    const terms = { taxCode: 't', taxCategory: 'voice' as const, revenueCategory: 'voice' as const };
    const offerings = [
      offering({ bundle: { components: [{ ...component, ...terms }], revenue: shares, tax: shares } }),
      offering({ offeringId: 'talk', allowances: [allowance()] }),
    ];
    expect(grantsFor(account(), offerings)).toEqual(['sub_1/minutes 100 1-0']);
  });
});

describe('grants of their own calendar', () => {
  const since = (day: number) => ({
    activeFrom: at(day, 12),
    plans: [plan(at(day, 12), null)],
  });

  it.each<[string, Partial<Allowance>, Partial<SubscriptionProfile>, string[]]>([
    [
      'every 10 days from the day it began',
      { grant: { every: 'days', days: 10 } },
      since(8),
      [
        'sub_1/minutes#2026-03-08 100 8-18',
        'sub_1/minutes#2026-03-18 100 18-28',
        'sub_1/minutes#2026-03-28 100 28-0',
      ],
    ],
    [
      'every 20 days, begun in February: the window that comes from there too',
      { grant: { every: 'days', days: 20 } },
      { activeFrom: '2026-02-20T00:00:00.000Z', plans: [plan('2026-02-20T00:00:00.000Z', null)] },
      ['sub_1/minutes#2026-02-20 100 0-12', 'sub_1/minutes#2026-03-12 100 12-0'],
    ],
    [
      'once, for 7 days from the minute of purchase',
      { grant: { once: true, days: 7 } },
      since(8),
      [`sub_1/minutes#${at(8, 12)} 100 8-15`],
    ],
    [
      'once, until the end of the seventh calendar day',
      { grant: { once: true, days: 7, ends: 'calendar' } },
      since(8),
      [`sub_1/minutes#${at(8, 12)} 100 8-15`],
    ],
    [
      'once, until the period ends',
      { grant: { once: true, days: null } },
      since(8),
      [`sub_1/minutes#${at(8, 12)} 100 8-0`],
    ],
    [
      'once, until the period ended that it was bought in',
      { grant: { once: true, days: null } },
      { activeFrom: '2026-02-20T00:00:00.000Z', plans: [plan('2026-02-20T00:00:00.000Z', null)] },
      [],
    ],
    [
      'once, no longer than the service lasts',
      { grant: { once: true, days: 7 } },
      { ...since(8), activeTo: at(10) },
      [`sub_1/minutes#${at(8, 12)} 100 8-10`],
    ],
  ])('%s', (_, change, holder, expected) => {
    expect(planned(change, holder)).toEqual(expected);
  });

  it('tells the minute from the day', () => {
    const ends = (rule: 'activation' | 'calendar') => {
      const offerings = [
        offering({ allowances: [allowance({ grant: { once: true, days: 7, ends: rule } })] }),
      ];
      const who = account({ subscriptions: [subscription(since(8))] });
      const entitlement = entitlementOf(who, who.subscriptions[0]!, compileCatalog(offerings, []));
      return grantsIn(entitlement, march).map(({ toAt }) => toAt);
    };
    expect(ends('activation')).toEqual([at(15, 12)]);
    expect(ends('calendar')).toEqual([at(15)]);
  });
});

describe('add-ons', () => {
  const booster = offering({
    offeringId: 'booster',
    allowances: [allowance({ allowanceId: 'extra', units: 250, grant: { once: true, days: 30 } })],
  });
  const more = offering({ offeringId: 'more', allowances: [allowance({ units: 40 })] });
  const withAddOns = (...addOns: PlanAssignment[]) =>
    grantsFor(account({ subscriptions: [subscription({ addOns })] }), [
      offering({ allowances: [allowance()] }),
      booster,
      more,
    ]).filter((grant) => !grant.startsWith('sub_1/minutes 100'));

  it.each<[string, PlanAssignment[], string[]]>([
    [
      'the same booster twice is twice the units',
      [plan(at(5), null, 'booster'), plan(at(6), null, 'booster')],
      [`sub_1/extra#${at(5)} 250 5-0`, `sub_1/extra#${at(6)} 250 6-0`],
    ],
    [
      'also at the same instant',
      [plan(at(5), null, 'booster'), plan(at(5), null, 'booster')],
      [`sub_1/extra#${at(5)} 250 5-0`, `sub_1/extra#${at(5)}#2 250 5-0`],
    ],
    [
      "an add-on with the plan's own allowance is a bucket beside it",
      [plan(at(5), null, 'more')],
      ['sub_1/minutes#2 40 5-0'],
    ],
    [
      'one that was given up and taken again is one bucket in the period',
      [plan(at(5), at(8), 'more'), plan(at(10), null, 'more')],
      ['sub_1/minutes#2 40 5-8', 'sub_1/minutes#2 40 10-0'],
    ],
    [
      'two at a time are two',
      [plan(at(5), null, 'more'), plan(at(6), null, 'more')],
      ['sub_1/minutes#2 40 5-0', 'sub_1/minutes#3 40 6-0'],
    ],
  ])('%s', (_, addOns, expected) => {
    expect(withAddOns(...addOns)).toEqual(expected);
  });

  it('are used by priority, then the earlier end, then the bucket', () => {
    const names = (first: Partial<Allowance>, second: Partial<Allowance>) =>
      grantsFor(account(), [
        offering({
          allowances: [allowance({ allowanceId: 'b', ...first }), allowance({ allowanceId: 'a', ...second })],
        }),
      ]).map((grant) => grant.slice('sub_1/'.length, 'sub_1/'.length + 1));
    expect(names({ priority: 1 }, { priority: 2 })).toEqual(['b', 'a']);
    expect(names({ priority: 1 }, { priority: 1 })).toEqual(['a', 'b']);
    const plans = [plan(at(1), null)];
    const early = account({ subscriptions: [subscription({ activeFrom: at(1), plans })] });
    expect(
      grantsFor(early, [
        offering({
          allowances: [
            allowance({ allowanceId: 'a' }),
            allowance({ allowanceId: 'b', grant: { once: true, days: 3 } }),
          ],
        }),
      ]).map((grant) => grant.slice(6, 7)),
    ).toEqual(['b', 'a']);
  });
});

describe('pools', () => {
  const member = (subscriptionId: string, change: Partial<SubscriptionProfile> = {}) =>
    subscription({ subscriptionId, poolId: 'family', ...change });
  const family = (...members: SubscriptionProfile[]) => account({ subscriptions: members });
  const shared = (change: Partial<Allowance> = {}) =>
    offering({ allowances: [allowance({ allowanceId: 'pool', shared: true, ...change })] });

  it.each<[string, OfferingVersion[], SubscriberAccount, string[]]>([
    ['one size for all', [shared()], family(member('a'), member('b'), member('c')), ['pool 100 1-0']],
    [
      'as large as its members',
      [shared({ sizedBy: 'members' })],
      family(member('a'), member('b'), member('c')),
      ['pool 300 1-0'],
    ],
    [
      'grows when a member joins',
      [shared({ sizedBy: 'members' })],
      family(member('a'), member('b', { activeFrom: at(20) })),
      ['pool 100 1-20', 'pool 200 20-0'],
    ],
    [
      'a member that joins by days brings its days',
      [shared({ sizedBy: 'members', units: 310, prorate: { first: true, last: false } })],
      family(member('a'), member('b', { activeFrom: at(22) })),
      ['pool 310 1-22', 'pool 410 22-0'],
    ],
    [
      'a member that leaves takes nothing away',
      [shared({ sizedBy: 'members' })],
      family(member('a'), member('b', { activeTo: at(20) })),
      ['pool 200 1-0'],
    ],
    [
      'each plan brings its own',
      [
        shared({ sizedBy: 'members' }),
        offering({
          offeringId: 'small',
          allowances: [allowance({ allowanceId: 'pool', shared: true, sizedBy: 'members', units: 7 })],
        }),
      ],
      family(member('a'), member('b', { plans: [plan(at(1).replace('03', '01'), null, 'small')] })),
      ['pool 107 1-0'],
    ],
    [
      'a member whose plan brings nothing draws as well',
      [shared(), offering({ offeringId: 'sim' })],
      family(member('b', { plans: [plan(at(1).replace('03', '01'), null, 'sim')] }), member('a')),
      ['pool 100 1-0'],
    ],
    [
      'without a pool it is a bucket of its own',
      [shared()],
      account({ subscriptions: [subscription({ subscriptionId: 'a' })] }),
      ['a/pool 100 1-0'],
    ],
  ])('%s', (_, offerings, who, expected) => {
    expect(grantsFor(who, offerings, who.subscriptions[0]!.subscriptionId)).toEqual(expected);
  });

  it("a group has its members' own buckets and the pool's", () => {
    const offerings = [shared(), offering({ offeringId: 'own', allowances: [allowance()] })];
    const who = family(member('a'), member('b', { plans: [plan(at(1).replace('03', '01'), null, 'own')] }));
    const groupGrants = grantsOfGroup(who, 'family', compileCatalog(offerings, []), march);
    expect(groupGrants.map(({ bucket }) => bucket)).toEqual(['b/minutes', 'pool']);
  });
});
