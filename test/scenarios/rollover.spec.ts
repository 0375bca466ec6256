import { Operator, type Subscriber } from './operator';

const GB = 1_000_000_000;
const tenth = GB / 10;

const version = {
  currency: 'USD',
  validFrom: '2026-01-01T07:00:00.000Z',
  deckId: 'pinewood-retail',
  paidInAdvance: null,
};
const data = (allowanceId: string, units: number, priority: number, more: object) => ({
  allowanceId,
  name: 'Data',
  usageType: 'data',
  zones: ['home'],
  units,
  priority,
  shared: true,
  ...more,
});
const offerings = [
  {
    ...version,
    offeringId: 'family-roll',
    name: 'Family that rolls over',
    recurringCharges: [],
    usageTaxCode: 'telecom',
    allowances: [data('family', GB, 10, { sizedBy: 'members', rollover: { periods: 1, use: 'first' } })],
  },
  {
    ...version,
    offeringId: 'boost',
    name: 'Booster',
    recurringCharges: [],
    usageTaxCode: 'telecom',
    allowances: [data('boost', GB, 20, { grant: { once: true, days: 30 } })],
  },
];

interface Buckets {
  buckets: {
    allowanceId: string;
    granted: number;
    carriedOver: number;
    used: number;
    left: number;
    members: { subscriptionId: string; used: number }[];
  }[];
}

/** Two SIMs with 1 GB each in one pool; what January leaves is used first in February, and so on. */
describe('data that rolls over', () => {
  let operator: Operator;
  let ada: Subscriber;
  let ben: Subscriber;

  beforeAll(async () => {
    operator = await Operator.open();
    await operator.api.post('/v1/catalog/import', { offerings });
    await operator.until('2026-01-01T08:00:00.000Z');
    [ada, ben] = (await family(operator)) as [Subscriber, Subscriber];
    await operator.until('2026-01-20T15:00:00.000Z');
  });

  /** `family 20+15 used 30 left 5`: tenths of a GB that are granted and carried over, and who took them. */
  const buckets = async (): Promise<string[]> => {
    const answer = await operator.api.get<Buckets>(`/v1/rating/subscriptions/${ada.subscriptionId}/buckets`);
    return answer.buckets.map(({ allowanceId, granted, carriedOver, used, left, members }) => {
      const shares = [ada, ben].map(
        ({ subscriptionId }) =>
          (members.find((member) => member.subscriptionId === subscriptionId)?.used ?? 0) / tenth,
      );
      return `${allowanceId} ${granted / tenth}+${carriedOver / tenth} used ${used / tenth} left ${left / tenth} by ${shares.join(' and ')}`;
    });
  };
  const uses = async (who: Subscriber, at: string, tenths: number): Promise<void> => {
    await operator.usage(who, [{ at, bytes: tenths * tenth }]);
    await operator.settle();
  };

  it('January: half a GB of two', async () => {
    await uses(ada, '2026-01-15T15:00:00Z', 5);
    expect(await buckets()).toEqual(['family 20+0 used 5 left 15 by 5 and 0']);
  });

  it('February: what January left is there, and goes first; a booster is bought', async () => {
    await operator.until('2026-02-02T15:00:00.000Z');
    expect(await buckets()).toEqual(['family 20+15 used 0 left 35 by 0 and 0']);
    await operator.until('2026-02-10T15:00:00.000Z');
    await operator.api.post('/v1/customers/orders', {
      order: { kind: 'addOnChange', subscriptionId: ben.subscriptionId, offeringId: 'boost', action: 'add' },
    });
    await operator.settle();
    await operator.until('2026-02-21T15:00:00.000Z');
    await uses(ben, '2026-02-20T15:00:00Z', 30);
    expect(await buckets()).toEqual([
      'family 20+15 used 30 left 5 by 0 and 30',
      'boost 10+0 used 0 left 10 by 0 and 0',
    ]);
  });

  it('March: a record of February that comes late draws on March; the booster is used until it ends', async () => {
    await operator.until('2026-03-03T15:00:00.000Z');
    await uses(ada, '2026-02-27T15:00:00Z', 2);
    expect(await buckets()).toEqual([
      'family 20+5 used 2 left 23 by 2 and 0',
      'boost 10+0 used 0 left 10 by 0 and 0',
    ]);
    await uses(ben, '2026-03-03T10:00:00Z', 28);
    expect(await buckets()).toEqual([
      'family 20+5 used 25 left 0 by 2 and 23',
      'boost 10+0 used 5 left 5 by 0 and 5',
    ]);
    await operator.until('2026-03-20T20:00:00.000Z');
    await uses(ada, '2026-03-20T15:00:00Z', 10);
  });

  it('April: what nothing covered is on the bill; nothing is left to carry over', async () => {
    await operator.until('2026-04-01T20:00:00.000Z');
    const bills = await operator.bills(ada);
    expect(bills.map(({ total }) => total.minor > 0)).toContain(true);
    expect(await operator.lines(ada, bills.length - 1)).toContainEqual(['Data in the US', 400]); // 1 GB at 4.00
    expect(await buckets()).toEqual(['family 20+0 used 0 left 20 by 0 and 0']);
  });
});

async function family(operator: Operator): Promise<Subscriber[]> {
  const sims = [1, 2].map((no) => ({
    msisdn: `151855599${no}`.padEnd(11, '0'),
    iccid: `8901990${String(900 + no).padStart(12, '0')}`,
    imsi: `310990${String(900 + no).padStart(9, '0')}`,
  }));
  const address = {
    lines: ['1 Maple Avenue'],
    city: 'Albany',
    region: 'NY',
    postalCode: '12207',
    country: 'US',
  };
  const { accounts } = await operator.api.post<{
    accounts: { accountId: string; subscriptions: { subscriptionId: string }[] }[];
  }>('/v1/customers/import', {
    accounts: [
      {
        externalId: 'family',
        customerName: 'Family',
        email: `family.${operator.tenantId}@subscribers.example`,
        language: 'en',
        address,
        cycleId: operator.cycleId,
        termsDays: 14,
        subscriptions: sims.map(({ msisdn, imsi, iccid }) => ({
          offeringId: 'family-roll',
          activeFrom: '2026-01-01T08:00:00.000Z',
          poolId: 'family',
          identifiers: [
            { kind: 'msisdn', value: msisdn },
            { kind: 'imsi', value: imsi },
            { kind: 'iccid', value: iccid },
          ],
        })),
      },
    ],
  });
  await operator.settle();
  const [created] = accounts;
  return sims.map(({ msisdn, iccid }, at) => ({
    accountId: created?.accountId ?? '',
    subscriptionId: created?.subscriptions[at]?.subscriptionId ?? '',
    msisdn,
    iccid,
  }));
}
