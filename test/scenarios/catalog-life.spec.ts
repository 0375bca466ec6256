import { stringify } from 'yaml';
import { Operator, type Subscriber } from './operator';

interface Version {
  version: number;
  state: string;
  publicationId: string;
}
interface Refusal {
  status: number;
  problem: { code?: string; detail?: string };
}

const reason = 'the spring offer';
const breeze = {
  offeringId: 'breeze',
  name: 'Breeze',
  currency: 'USD',
  validFrom: '2026-01-01T05:00:00.000Z',
  deckId: 'pinewood-retail',
  kind: 'plan',
  recurringCharges: [
    {
      chargeId: 'breeze-fee',
      name: 'Breeze monthly',
      amountMinor: 1000,
      timing: 'inAdvance',
      per: 'subscription',
      prorate: true,
      taxCode: 'telecom',
      revenueCategory: 'recurring',
    },
  ],
  allowances: [],
  usageTaxCode: 'telecom',
  paidInAdvance: null,
  discounts: [
    {
      discountId: 'hello',
      name: 'Hello',
      value: { off: 'fixed', amountMinor: 100 },
      level: 'plan',
      periods: 1,
      coupons: [{ code: 'HELLO', maxRedemptions: 1 }],
    },
  ],
};
const sms = {
  offeringId: 'breeze-texts',
  name: 'Breeze texts',
  kind: 'addOn',
  compatiblePlans: ['breeze'],
  recurringCharges: [
    { ...breeze.recurringCharges[0], chargeId: 'texts-fee', name: 'Texts', amountMinor: 200 },
  ],
};
const { discounts: _, ...plain } = breeze;
const document = { offerings: [breeze, { ...plain, ...sms }] };

/** New York: a month ends at 05:00 UTC on the 1st (04:00 from March 8 on). */
describe('a plan from file to sale, to a new price, to its end', () => {
  let operator: Operator;
  let ada: Subscriber;
  const refusalOf = (call: Promise<unknown>): Promise<Refusal> =>
    call.then(
      () => Promise.reject(new Error('this was to be refused')),
      (error: unknown) => error as Refusal,
    );
  const post = <Answer>(path: string, body: object = {}) =>
    operator.api.post<Answer>(`/v1/catalog${path}`, body);

  beforeAll(async () => {
    operator = await Operator.open();
  });

  it('Jan 1: a file with one fault changes nothing; mended it is on sale, and comes out again as it went in', async () => {
    const send = (file: object, mode: string) =>
      operator.api.postText<{ published: { name: string; version: number }[] }>(
        `/v1/catalog/import/document?mode=${mode}`,
        stringify(file),
        'application/yaml',
      );
    const wrong = { offerings: [breeze, { ...document.offerings[1], compatiblePlans: ['breze'] }] };
    expect(await refusalOf(send(wrong, 'publish'))).toMatchObject({
      status: 422,
      problem: { detail: expect.stringContaining('offerings.1.compatiblePlans.0') },
    });
    expect(
      (await operator.api.get<{ data: object[] }>('/v1/catalog/offerings?offeringId=breeze')).data,
    ).toEqual([]);
    expect((await send(document, 'validate')).published).toHaveLength(2);
    expect(
      (await send(document, 'publish')).published.map(({ name, version }) => `${name}@${version}`),
    ).toEqual(['breeze@1', 'breeze-texts@1']);
    await operator.settle();
    expect(
      await operator.api.get('/v1/catalog/export?decks=false&offeringId=breeze&offeringId=breeze-texts'),
    ).toEqual({ decks: [], ...document });
  });

  it('Jan 1: sold; its add-on goes with nothing else; one customer gets the only coupon, however many ask at once', async () => {
    ada = await operator.subscriber('breeze', { card: 'ok' });
    const ben = await operator.subscriber('smart-5');
    const order = { kind: 'addOnChange', offeringId: 'breeze-texts', action: 'add' };
    const addOn = (of: Subscriber) =>
      operator.api.post('/v1/customers/orders', { order: { ...order, subscriptionId: of.subscriptionId } });
    expect(await refusalOf(addOn(ben))).toMatchObject({
      problem: { detail: expect.stringContaining('goes with breeze, not with smart-5') },
    });
    const asked = await Promise.allSettled(
      [ada, ben].map(({ accountId }) => post(`/accounts/${accountId}/redemptions`, { code: 'hello' })),
    );
    expect(asked.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const coupon = await operator.api.get<{ redeemed: number }>('/v1/catalog/coupons/HELLO');
    expect(coupon.redeemed).toBe(1);
  });

  it('Jan 5: the first call is rated; a price of her own is carried to rating and invoicing', async () => {
    await operator.until('2026-01-05T15:00:00.000Z');
    await operator.usage(ada, [{ at: '2026-01-05T14:00:00Z', seconds: 120 }]);
    const price = { kind: 'charge', offeringId: 'breeze', chargeId: 'breeze-fee', amountMinor: 900 };
    const override = { accountId: ada.accountId, price, from: '2026-04-01T04:00:00.000Z', reason };
    const { id } = await post<{ id: string }>('/price-overrides', override);
    expect(await refusalOf(post('/price-overrides', { ...override, reason: 'once more' }))).toMatchObject({
      problem: { code: 'overlap', detail: expect.stringContaining(id) },
    });
    await post(`/price-overrides/${id}/end`, { reason: 'not agreed after all' });
    await operator.settle();
  });

  it('Jan 5: next month’s price is reviewed, published and seen coming; a version too many is called off', async () => {
    const [fee] = breeze.recurringCharges;
    const next = (amountMinor: number, validFrom: string) => ({
      ...plain,
      offeringId: undefined,
      validFrom,
      recurringCharges: [{ ...fee, amountMinor }],
    });
    const publish = async (body: object): Promise<Version> => {
      const { version } = await post<Version>('/offerings/breeze/versions', body);
      return post<Version>(`/offerings/breeze/versions/${version}/publish`);
    };
    const march = await publish(next(1200, '2026-02-01T05:00:00.000Z'));
    const mistaken = await publish(next(1300, '2026-02-15T05:00:00.000Z'));
    const diff = await operator.api.get<{ data: { text: string }[] }>(
      `/v1/catalog/offerings/breeze/versions/${march.version}/diff?withVersion=1`,
    );
    expect(diff.data.map(({ text }) => text)).toContain(
      'recurringCharges, Breeze monthly: amountMinor 1000 -> 1200',
    );
    await operator.settle();
    const called = await post<Version>(`/offerings/breeze/versions/${mistaken.version}/withdraw`, { reason });
    expect(called.state).toBe('withdrawn');
    await operator.settle();
    const { data } = await operator.api.get<{ data: { at: string; name: string }[] }>('/v1/catalog/schedule');
    expect(data.map(({ at, name }) => `${at} ${name}`)).toEqual(['2026-02-01T05:00:00.000Z breeze']);
    expect(await refusalOf(post('/offerings/breeze/versions/1/withdraw', { reason }))).toMatchObject({
      problem: { code: 'inUse' },
    });
  });

  it('Jan 5: retired as of February: nobody new gets it then', async () => {
    await post('/offerings/breeze/retire', { salesEndAt: '2026-02-01T05:00:00.000Z', reason });
    await operator.settle();
    const late = operator.subscriber('breeze', { activeFrom: '2026-02-02T05:00:00.000Z' });
    expect(await refusalOf(late)).toMatchObject({
      status: 422,
      problem: { detail: expect.stringContaining('retired') },
    });
  });

  it('Feb 1: who has it keeps it: January by the old price, February by the new one, and the call', async () => {
    await operator.until('2026-02-01T20:00:00.000Z');
    const lines = await operator.lines(ada);
    expect(lines).toContainEqual(['Breeze: Breeze monthly', 1000]);
    expect(lines).toContainEqual(['Breeze: Breeze monthly', 1200]);
    expect(lines).toContainEqual(['Calls within the US', 10]); // 2 minutes at 0.05
  });
});
