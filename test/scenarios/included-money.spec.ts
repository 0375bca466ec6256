import { Operator, type Subscriber } from './operator';

const version = {
  currency: 'USD',
  validFrom: '2026-01-01T07:00:00.000Z',
  deckId: 'pinewood-retail',
  paidInAdvance: null,
  recurringCharges: [],
  usageTaxCode: 'telecom',
};
/** A text costs 0.04, ten minutes of calls 0.50. */
const credit = {
  allowanceId: 'credit',
  name: 'A dollar of usage',
  usageType: 'money',
  zones: [],
  units: '1.00',
  priority: 1,
  shared: false,
  rollover: { periods: 1, use: 'first' },
};
const perUnit = { model: 'perUnit', rate: '2', perUnits: '1 event' };
const offerings = [
  { ...version, offeringId: 'with-credit', name: 'With a dollar included', allowances: [credit] },
  {
    ...version,
    offeringId: 'metered',
    name: 'Metered',
    allowances: [],
    usagePrices: [
      {
        priceId: 'storage',
        name: 'Storage in use',
        when: { usageTypes: ['event'], services: ['storage'] },
        price: { charge: perUnit, aggregation: 'latest', roundAt: 'line' },
      },
      {
        priceId: 'seats',
        name: 'Seats',
        when: { usageTypes: ['event'], services: ['seats'] },
        price: { charge: perUnit, roundAt: 'line' },
      },
      {
        priceId: 'devices',
        name: 'Devices',
        when: { usageTypes: ['event'] },
        price: { charge: perUnit, aggregation: 'uniqueCount', distinct: 'service', roundAt: 'line' },
      },
    ],
  },
];

interface Withdrawn {
  withdrawn: number;
  already: number;
  differenceMicro: number;
}

/** One clock from January to March; New York. */
describe('money that is included, and usage that is counted otherwise', () => {
  let operator: Operator;
  let ada: Subscriber;
  let ben: Subscriber;
  let cleo: Subscriber;

  const calls = async (who: Subscriber, at: string[], minutes: number): Promise<void> => {
    await operator.usage(
      who,
      at.map((day) => ({ at: `${day}T15:00:00Z`, seconds: minutes * 60 })),
    );
    await operator.settle();
  };
  const withdraw = (recordId: string, reason = `The network took ${recordId} back`): Promise<Withdrawn> =>
    operator.api.post<Withdrawn>('/v1/rating/usage-withdrawals', {
      recordIds: [recordId],
      reason,
    });
  /** `1+0.5 used 0.7 left 0.8 USD`: granted and carried over. */
  const credits = async ({ subscriptionId }: Subscriber): Promise<string[]> => {
    const { buckets } = await operator.api.get<{ buckets: Record<string, number>[] }>(
      `/v1/rating/subscriptions/${subscriptionId}/buckets`,
    );
    return buckets.map(({ granted, carriedOver, used, left, currency }) => {
      const [had, carried, gone, rest] = [granted, carriedOver, used, left].map(
        (micro) => (micro ?? NaN) / 1_000_000,
      );
      return `${had}+${carried} used ${gone} left ${rest} ${currency}`;
    });
  };
  const events = async (
    who: Subscriber,
    file: string,
    list: [at: string, service: string, quantity: string][],
  ) => {
    const header =
      'recordId,usageType,servedMsisdn,servedImsi,otherParty,startAt,durationSeconds,uplinkBytes,downlinkBytes,servingNetwork,sessionId,quantity,service';
    const lines = list.map(
      ([at, service, quantity], no) =>
        `${file}-${no},event,+${who.msisdn},,,${at}T15:00:00Z,,,,310990,,${quantity},${service}`,
    );
    await operator.api.postCsv(
      `/v1/rating/usage-imports?fileName=${file}.csv`,
      [header, ...lines, ''].join('\n'),
    );
    await operator.settle();
  };

  beforeAll(async () => {
    operator = await Operator.open();
    await operator.api.post('/v1/catalog/import', { offerings });
    await operator.until('2026-01-01T08:00:00.000Z');
    const activeFrom = '2026-01-01T08:00:00.000Z';
    ada = await operator.subscriber('with-credit', { activeFrom });
    ben = await operator.subscriber('with-credit', { activeFrom });
    cleo = await operator.subscriber('metered', { activeFrom });
    await operator.until('2026-01-20T15:00:00.000Z');
  });

  it('January: half an hour of calls is 1.50, of which a dollar is included', async () => {
    await calls(ada, ['2026-01-10', '2026-01-11', '2026-01-12'], 10); // record-1 to record-3
    expect(await credits(ada)).toEqual(['1+0 used 1 left 0 USD']);
    const { sentence } = await operator.api.get<{ sentence: string }>(
      '/v1/rating/usage/record-2/explanation',
    );
    expect(sentence).toMatch(/0\.5 USD of it paid from included money .*; in all 0 USD\.$/);
  });

  it('a record that the network takes back frees what was paid of it, once', async () => {
    await calls(ben, ['2026-01-10', '2026-01-11'], 10); // record-4 and record-5
    expect(await credits(ben)).toEqual(['1+0 used 1 left 0 USD']);
    expect(await withdraw('record-4')).toMatchObject({ withdrawn: 1, already: 0, differenceMicro: 0 });
    expect(await credits(ben)).toEqual(['1+0 used 0.5 left 0.5 USD']);
    expect(await withdraw('record-4', 'To be sure')).toMatchObject({
      withdrawn: 0,
      already: 1,
      differenceMicro: 0,
    });
    await expect(withdraw('record-404')).rejects.toThrow(/422 badInput/);
  });

  it('distinct devices, the last storage whatever came last, seats given back', async () => {
    await events(cleo, 'first', [
      ['2026-01-05', 'phone', '1'],
      ['2026-01-06', 'tablet', '1'],
      ['2026-01-07', 'phone', '1'],
      ['2026-01-08', 'seats', '5'],
      ['2026-01-09', 'storage', '5'],
      ['2026-01-15', 'storage', '3'],
    ]);
    await events(cleo, 'second', [
      ['2026-01-12', 'storage', '9'],
      ['2026-01-13', 'seats', '-4'],
    ]);
    const { data } = await operator.api.get<{ data: { counts: Record<string, number> }[] }>(
      '/v1/rating/usage-imports',
    );
    expect(data[0]?.counts).toMatchObject({ received: 2, rated: 2 });
  });

  it('the bills of January: what is not included; 2 devices, 3 of storage and 1 seat at 2.00', async () => {
    await operator.until('2026-02-01T20:00:00.000Z');
    expect(await operator.lines(ada)).toEqual([['Calls within the US', 50]]);
    const total = (await operator.lines(cleo)).reduce((sum, [, cents]) => sum + cents, 0);
    expect(total).toBe(1200);
  });

  it('February: what January left pays first; a billed record that is taken back is on the next bill', async () => {
    await operator.until('2026-02-05T15:00:00.000Z');
    expect(await credits(ben)).toEqual(['1+0.5 used 0 left 1.5 USD']);
    await calls(ben, ['2026-02-04'], 40);
    await calls(ada, ['2026-02-04'], 40);
    expect(await credits(ben)).toEqual(['1+0.5 used 1.5 left 0 USD']);
    expect(await withdraw('record-1')).toMatchObject({ withdrawn: 1, differenceMicro: -500_000 });
    await operator.until('2026-03-01T20:00:00.000Z');
    const last = async (who: Subscriber) => operator.lines(who, (await operator.bills(who)).length - 1);
    expect(await last(ben)).toEqual([['Calls within the US', 50]]);
    expect(await last(ada)).toEqual([
      ['Calls within the US', 100],
      ['Correction of 2026-01-01 to 2026-01-31: Calls within the US', -50],
    ]);
  });
});
