import type { Allowance, OfferingVersion, SubscriptionProfile, UsagePriceRule } from '@tollkeeper/contracts';
import { emptyState, foldGroup } from '../rating/fold-group';
import { account, allowance, call, entry, guided, offering, subscription } from '../sample-tariff';
import { priced } from './case-tariff';

/** Facts of another system's tests (BillRun: groups, services, pools; numbers only), and the same with other numbers. Units with decimals are events. */
const million = 1_000_000;
const entries = ['home', 'usa', 'europe', 'veg'].map((zone) =>
  entry({ prefix: `service:${zone}`, usageType: 'event', zone, rate: '0', perUnits: million }),
);
const bundle = (allowanceId: string, units: number, change: Partial<Allowance> = {}): Allowance =>
  allowance({
    ...{ allowanceId, usageType: 'event', zones: ['usa'], priority: 5, ...change },
    units: units * million,
  });
/** By started intervals. */
const each = (zone: string, amount: string, size = 1): UsagePriceRule => ({
  ...priced({ charge: { model: 'package', size: size * million, amount } })[0]!,
  priceId: zone,
  when: { zones: [zone] },
});
const prices = [each('usa', '0.5'), each('europe', '0.1'), each('veg', '0.2'), each('home', '1')];

interface Story {
  plan?: Allowance[];
  prices?: UsagePriceRule[];
  /** Add-ons, each with the members that hold it, so often. */
  addOns?: { allowances: Allowance[]; held: number[]; from?: string; to?: string }[];
  members?: number;
}
type Use = [units: string, zone: string, member?: number, at?: string];

/** `60+0=0`: in the bundles, over them, and what it costs. */
function told(story: Story, uses: Use[]): string[] {
  const { plan = [], addOns = [], members = 1 } = story;
  const offerings: OfferingVersion[] = [
    offering({ allowances: plan, usagePrices: story.prices ?? prices }),
    ...addOns.map(({ allowances }, index) => offering({ offeringId: `addOn${index}`, allowances })),
  ];
  const subscriptions = Array.from({ length: members }, (_, member): SubscriptionProfile =>
    subscription({
      subscriptionId: `sub_${member}`,
      poolId: members > 1 ? 'family' : null,
      identifiers: [{ kind: 'msisdn', value: `+4915111${member}`, from: '2026-01-01T00:00:00.000Z', to: null }],
      addOns: addOns.flatMap(({ held, from = '2026-01-01T00:00:00.000Z', to = null }, index) =>
        held.filter((who) => who === member).map(() => ({ offeringId: `addOn${index}`, from, to })),
      ),
    }),
  );
  const records = uses.map(([units, zone, member = 0, at], index) =>
    call({
      recordId: `r${index}`,
      usageType: 'event',
      service: zone,
      otherParty: '',
      msisdn: `4915111${member}`,
      quantity: Math.round(Number(units) * million),
      startAt: at ?? `2026-01-10T12:${String(index).padStart(2, '0')}:00.000Z`,
    }),
  );
  const tariff = { entries, offerings, accounts: [account({ subscriptions })] };
  return foldGroup(emptyState(), records.map((record) => guided(record, tariff))).folded.map(({ outcome }) => {
    if ('suspended' in outcome) throw new Error(outcome.suspended);
    const { includedQuantity, explanation, amountMicro } = outcome.rated;
    return `${includedQuantity / million}+${explanation.chargedQuantity / million}=${amountMicro / million}`;
  });
} // prettier-ignore

const x3 = [bundle('plan', 100, { priority: 1 })];
const services = [bundle('one', 40), bundle('two', 75)];
const own = (units: number) => bundle('own', units, { priority: 1 });
const shared = (units: number) => bundle('pool', units, { shared: true, priority: 2 });
const pooled = (units: number) => bundle('pool', units, { shared: true, sizedBy: 'members' });

test.each<[string, Story, Use[], string[]]>([
  ['B001 two bundles of one add-on, another destination is outside', { plan: x3, addOns: [{ allowances: services, held: [0] }] }, [['120', 'usa'], ['110.5', 'europe'], ['20', 'usa'], ['8', 'europe']], ['120+0=0', '0+110.5=11.1', '20+0=0', '0+8=0.8']],
  ['B002 a bundle of 200, half in one use, the rest in another', { plan: [bundle('gr', 200, { zones: ['veg'] })] }, [['35', 'veg'], ['180', 'veg']], ['35+0=0', '165+15=3']],
  ['B003 two bundles for two destinations, uses in turn', { plan: [bundle('calls', 50), bundle('gr', 50, { zones: ['veg'] })] }, [['24', 'usa'], ['12', 'veg'], ['50', 'usa'], ['80', 'veg'], ['50.5', 'europe']], ['24+0=0', '12+0=0', '26+24=12', '38+42=8.4', '0+50.5=5.1']],
  ['B004 the plan’s first, then the add-on’s', { plan: [bundle('calls', 60, { priority: 1 }), bundle('more', 40, { priority: 2 })] }, [['30', 'usa'], ['75', 'usa'], ['30', 'usa'], ['30', 'veg']], ['30+0=0', '70+5=2.5', '0+30=15', '0+30=6']],
  ['B005 a pool of 10 for two', { members: 2, plan: [shared(10)] }, [['8', 'usa', 0], ['8', 'usa', 1]], ['8+0=0', '2+6=3']],
  ['B006 five of their own first, then the pool', { members: 2, plan: [own(5), shared(10)] }, [['20', 'usa', 0], ['20', 'usa', 1]], ['15+5=2.5', '5+15=7.5']],
  ['B007 a pool that each member makes larger', { members: 2, plan: [pooled(10)] }, [['15', 'usa', 0], ['10', 'usa', 1]], ['15+0=0', '5+5=2.5']],
  ['B008 one member takes all of it', { members: 2, plan: [pooled(10)] }, [['20', 'usa', 0], ['1', 'usa', 1]], ['20+0=0', '0+1=0.5']],
  ['B009 bought twice, half used, then the rest and more', { addOns: [{ allowances: [bundle('pass', 100)], held: [0, 0] }] }, [['150', 'usa'], ['50', 'usa'], ['50', 'usa']], ['150+0=0', '50+0=0', '0+50=25']],
  ['B010 one member bought twice, the other once, in one pool', { members: 2, addOns: [{ allowances: [pooled(100)], held: [0, 0, 1] }] }, [['150', 'usa', 1], ['151', 'usa', 0]], ['150+0=0', '150+1=0.5']],
  ['B011 the first member has the pool, both may use it', { members: 2, addOns: [{ allowances: [shared(100)], held: [0] }] }, [['50', 'usa', 1], ['60', 'usa', 0]], ['50+0=0', '50+10=5']],
  ['B012 in its days only', { addOns: [{ allowances: [bundle('days', 60)], held: [0], from: '2026-01-05T00:00:00.000Z', to: '2026-01-14T00:00:00.000Z' }] }, [['35', 'usa', 0, '2026-01-05T09:00:00.000Z'], ['62', 'usa', 0, '2026-01-16T09:00:00.000Z'], ['45', 'usa', 0, '2026-01-13T23:59:59.000Z']], ['35+0=0', '25+20=10', '0+62=31']],
  ['B013 two that overlap: the one that ends first goes first', { addOns: [{ allowances: [bundle('long', 250, { grant: { once: true, days: 20 } })], held: [0], from: '2026-01-02T00:00:00.000Z' }, { allowances: [bundle('short', 120, { grant: { once: true, days: 5 } })], held: [0], from: '2026-01-05T00:00:00.000Z' }] }, [['150', 'usa', 0, '2026-01-04T11:00:00.000Z'], ['70', 'usa', 0, '2026-01-05T11:00:00.000Z'], ['30', 'usa', 0, '2026-01-06T11:00:00.000Z'], ['250', 'usa', 0, '2026-01-07T11:00:00.000Z']], ['150+0=0', '70+0=0', '30+0=0', '120+130=65']],
  ['B014 over it by started thirties', { plan: [bundle('calls', 300)], prices: [each('usa', '0.5', 30)] }, [['240', 'usa'], ['475', 'usa']], ['240+0=0', '60+415=7']],
  ['B015 nothing used', { plan: x3, prices: [each('usa', '0.5', 30)] }, [['0', 'usa']], ['0+0=0']],
  ['B016 used to the last millionth', { plan: [bundle('calls', 1)], prices: [each('usa', '0.5')] }, [['0.999999', 'usa'], ['0.000002', 'usa']], ['0.999999+0=0', '0.000001+0.000001=0.5']],
])('%s', (_, story, uses, expected) => {
  expect(told(story, uses)).toEqual(expected);
}); // prettier-ignore
