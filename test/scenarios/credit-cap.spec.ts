import { CreditOffice } from './credit-language';
import { Finance } from './ledger-language';
import { Operator, type Subscriber } from './operator';

const abroad = '26201';
const GB = 1_000_000_000;

/** Calls while roaming cost 0.35 a minute, data while roaming 2.00 for 100 MB. */
describe('a usage cap', () => {
  let operator: Operator;
  let office: CreditOffice;
  let finance: Finance;
  let caller: Subscriber;
  let traveller: Subscriber;

  beforeAll(async () => {
    operator = await Operator.open();
    [office, finance] = [new CreditOffice(operator), new Finance(operator)];
    caller = await operator.subscriber('smart-5');
    traveller = await operator.subscriber('smart-5');
    await office.class('small', { limit: 1500, cap: 2000, capAction: 'barOutgoing' });
    await office.join(caller.accountId, 'small');
    await office.roamingCap(5000);
  });

  const calls = async (subscriber: Subscriber, at: string, minutes: number) => {
    await operator.usage(subscriber, [{ at, seconds: minutes * 60, network: abroad }]);
    await operator.settle();
  };
  const surfs = async (subscriber: Subscriber, at: string, bytes: number) => {
    await operator.usage(subscriber, [{ at, bytes, network: abroad }]);
    await operator.settle();
  };
  const news = async (subscriber: Subscriber) =>
    (await operator.messages(subscriber)).map((line) => line.slice(11)).sort();

  it('is told at 80 % and bars at 100 %, once each; emergency numbers and the payment line stay open', async () => {
    await operator.until('2026-01-05T12:00:00.000Z');
    await calls(caller, '2026-01-05T10:00:00Z', 48);
    expect(await news(caller)).toEqual(['creditNotice', 'usageCapNear']);
    expect(await operator.inNetwork(caller)).toBe('active');

    await calls(caller, '2026-01-05T11:00:00Z', 10);
    await calls(caller, '2026-01-05T11:30:00Z', 1);
    expect(await news(caller)).toEqual(['creditNotice', 'creditNotice', 'usageCapNear', 'usageCapReached']);
    expect(await operator.inNetwork(caller)).toBe('barOutgoing');
    expect(await office.standing(caller.accountId)).toMatchObject({
      usageBar: 'barOutgoing',
      exposure: { minor: 2065 },
      thresholds: [{ percent: 80 }, { percent: 100 }],
    });
  });

  it('refuses what would raise the debt of an account over its limit, and says the way out', async () => {
    const more = {
      kind: 'activation',
      accountId: caller.accountId,
      offeringId: 'smart-5',
      identifiers: [{ kind: 'iccid', value: '8901990000000900001' }],
    };
    await expect(operator.api.post('/v1/customers/orders', { order: more })).rejects.toThrow(
      /creditLimitReached/,
    );
  });

  it('a payment lifts the bar', async () => {
    await finance.receives(caller, 1000, { at: '2026-01-05T12:00:00.000Z' });
    expect(await operator.inNetwork(caller)).toBe('active');
    expect(await office.standing(caller.accountId)).toMatchObject({
      usageBar: null,
      exposure: { minor: 1065 },
    });
    expect(await news(caller)).toContain('usageBarLifted');
  });

  it('data abroad stops at the limit of the roaming regulation, until the customer says otherwise', async () => {
    await surfs(traveller, '2026-01-05T10:00:00Z', 2 * GB);
    expect(await news(traveller)).toEqual(['creditNotice', 'roamingCapNear']);
    await surfs(traveller, '2026-01-05T11:00:00Z', GB / 2);
    expect(await news(traveller)).toContain('roamingCapReached');
    expect(await operator.inNetwork(traveller)).toBe('barRoamingData');
    await office.choosesRoamingCap(traveller, 'none');
    expect(await operator.inNetwork(traveller)).toBe('active');
    await office.choosesRoamingCap(traveller, 'usual');
    expect(await operator.inNetwork(traveller)).toBe('barRoamingData');
  });

  it('the next period begins without a bar; each threshold was told once', async () => {
    await operator.until('2026-02-01T06:00:00.000Z');
    expect(await operator.inNetwork(traveller)).toBe('active');
    expect((await news(traveller)).filter((template) => template.startsWith('roamingCap'))).toEqual([
      'roamingCapNear',
      'roamingCapReached',
    ]);
  });
});
