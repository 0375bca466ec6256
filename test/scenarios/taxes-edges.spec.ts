import { clockStartsAt } from '../../tools/sample/operator';
import { Operator } from './operator';
import { place, TaxDesk } from './taxes-language';

const january = 3100;

const charge = (chargeId: string, amountMinor: number) => ({
  ...{ chargeId, name: chargeId, amountMinor, timing: 'inArrears', per: 'subscription', prorate: true },
  ...{ taxCode: 'telecom', revenueCategory: 'recurring' },
});
const plan = (offeringId: string, charges: object[]) => ({
  ...{ offeringId, name: offeringId, currency: 'USD', validFrom: clockStartsAt, deckId: 'pinewood-retail' },
  ...{ allowances: [], usageTaxCode: 'telecom', paidInAdvance: null, recurringCharges: charges },
});
const row = (state: string, taxId: string, more: object) => ({
  ...{ taxId, name: taxId, jurisdiction: `US-${state}`, taxCodes: ['telecom'], validFrom: '2020-01-01' },
  ...{ law: 'sample', ...more },
});
const percentage = (percent: string, more: object = {}) => ({
  amount: { kind: 'percentage', percent, ...more },
});

/** One state for each edge: 31.00 for January, 1.00 a day; bills of February 1. */
const table = [
  row('OH', 'old', { ...percentage('10'), rateChange: 'apportioned', validTo: '2026-01-16' }),
  row('OH', 'old', { ...percentage('20'), rateChange: 'apportioned', validFrom: '2026-01-16' }),
  row('PA', 'vat', { ...percentage('10'), validTo: '2026-01-16' }),
  row('PA', 'vat', { ...percentage('20'), validFrom: '2026-01-16' }),
  row('MI', 'sales', { ...percentage('10'), rateChange: 'apportioned' }),
  row('FL', 'capped', percentage('10', { capMinor: 300, capAt: 'line' })),
  row('GA', 'steps', {
    amount: {
      kind: 'tiered',
      tiers: [
        { upToMinor: 1000, percent: '5' },
        { upToMinor: null, percent: '1' },
      ],
    },
  }),
  row('NV', 'minutes', { amount: { kind: 'perMinute', amount: '0.01' } }),
  row('MO', 'cost', { ...percentage('2'), levy: 'recoveryFee', name: 'Cost recovery' }),
  row('MO', 'sales', { ...percentage('8'), onTopOf: ['cost'] }),
  row('AZ', 'gross', percentage('5', { grossUp: true })),
  row('CO', 'state', { ...percentage('2.915'), roundTogether: 'sales' }),
  row('CO', 'city', { ...percentage('1.016'), roundTogether: 'sales' }),
  row('WI', 'excise', percentage('2.5')),
  row('WI', 'surcharge', { ...percentage('17', { taxesOnly: true }), onTopOf: ['excise'] }),
  row('MN', 'whole', { ...percentage('7'), roundStep: '1' }),
  row('WA', 'inside', percentage('18', { grossUp: true, insidePercent: '21.65' })),
  row('WA', 'inside2', percentage('3.65', { grossUp: true, insidePercent: '21.65' })),
  row('CT', 'stamp', { rateDate: 'billDate', amount: { kind: 'fixed', amount: '1.00', per: 'bill' } }),
  row('NJ', 'none', { amount: { kind: 'untaxed' } }),
  row('NJ', 'e911', {
    ...{ levy: 'governmentFee', trigger: 'lineMonth' },
    amount: {
      ...{ kind: 'perLine', amount: '0.90' },
      lineTiers: [
        { upToLines: 1, percent: '100' },
        { upToLines: null, percent: '50' },
      ],
    },
  }),
  row('VT', 'vat', percentage('19')),
  row('TX', 'sales', percentage('6.25')),
  row('TX', 'e911', {
    ...{ levy: 'governmentFee', trigger: 'lineMonth', amount: { kind: 'perLine', amount: '0.50' } },
  }),
];

describe('edges of taxes on real bills', () => {
  let operator: Operator;
  let desk: TaxDesk;
  const accounts: Record<string, string> = {};
  const of = (state: string) => desk.shown(accounts[state] ?? '');
  const subscriptionsOf = async (state: string) =>
    (
      await operator.api.get<{ subscriptions: { subscriptionId: string }[] }>(
        `/v1/customers/accounts/${accounts[state]}`,
      )
    ).subscriptions;

  beforeAll(async () => {
    operator = await Operator.open();
    desk = new TaxDesk(operator);
    const offerings = [
      plan('month', [charge('line', january)]),
      plan(
        'thirds',
        ['a', 'b', 'c'].map((each) => charge(each, 33)),
      ),
    ];
    await operator.api.post('/v1/catalog/import', { offerings });
    await operator.settle();
    await desk.put(
      ...table.map((each) => ({ ...{ levy: 'tax', trigger: 'bill', rounding: 'halfUp' }, ...each })),
    );
    const family = ['FL', 'TX', 'CT', 'NJ'];
    const alone = ['OH', 'PA', 'MI', 'GA', 'NV', 'MO', 'AZ', 'CO', 'WI', 'MN', 'WA'];
    for (const state of [...alone, ...family])
      accounts[state] = await desk.account(
        place('Town', state, '00000', 'US'),
        family.includes(state) ? ['month', 'month'] : ['month'],
      );
    accounts['VT'] = await desk.account(place('Town', 'VT', '05001', 'US'), ['thirds']);
    await operator.api.post(`/v1/customers/accounts/${accounts['MI']}/tax-certificates`, {
      ...{ number: 'EX-7', jurisdiction: 'US-MI', reason: 'public school', validFromOn: '2026-01-01' },
      validToOn: '2026-01-11',
    });
    const [, second] = await subscriptionsOf('TX');
    await desk.record(accounts['TX'] ?? '', {
      customer: 'consumer',
      placesOfUse: [
        { subscriptionId: second?.subscriptionId, address: place('Albany', 'NY', '12207', 'US') },
      ],
    });
    await operator.settle();
    await operator.until('2026-02-01T20:00:00.000Z');
  }, 180_000);

  it('E01 a new rate on January 16, by days: 15.00 at 10 %, 16.00 at 20 %', async () => {
    expect((await of('OH')).taxes).toEqual(['old 1500 150', 'old 1600 320']);
  });

  it('E02 a new rate, by the end of the period: 31.00 at 20 %', async () => {
    expect((await of('PA')).taxes).toEqual(['vat 3100 620']);
  });

  it('E03 a certificate that ends on January 11: 10 of 31 days are free, and the bill says by which', async () => {
    expect((await of('MI')).taxes).toEqual(['sales 2100 210']);
    const { exemptions } = await desk.bill(accounts['MI'] ?? '');
    expect(exemptions).toMatchObject([{ certificateNumber: 'EX-7', base: { minor: 1000 } }]);
  });

  it('E04 a cap for each line: 3.10 become 3.00, twice', async () => {
    expect((await of('FL')).taxes).toEqual(['capped 6200 600']);
  });

  it('E05 in steps: 5 % of 10.00 and 1 % of 21.00', async () => {
    expect((await of('GA')).taxes).toEqual(['steps 3100 71']);
  });

  it('E06 by the minute: a month without calls has none', async () => {
    expect((await of('NV')).total).toBe(january);
  });

  it('E07 tax on a recovery fee: 2 % of 31.00 is 0.62, 8 % of 31.62 is 2.53', async () => {
    expect(await of('MO')).toEqual({ own: ['cost 3100 62'], taxes: ['sales 3162 253'], total: 3415 });
  });

  it('E08 grossed up: 5 / 95 of 31.00', async () => {
    expect((await of('AZ')).taxes).toEqual(['gross 3100 163']);
  });

  it.each([
    ['E12 state and city as one rate: 3.931 % of 31.00 is 1.22', 'CO', ['city 3100 32', 'state 3100 90']],
    ['E13 17 % of a tax of 0.78', 'WI', ['excise 3100 78', 'surcharge 78 13']],
    ['E14 7 % in whole dollars', 'MN', ['whole 3100 200']],
    ['E15 18 % and 3.65 % of the price itself', 'WA', ['inside 3100 712', 'inside2 3100 144']],
    ['E16 1.00 for the bill of two lines', 'CT', ['stamp 6200 100']],
    ['E17 the second line pays half of 0.90', 'NJ', ['e911 0 135']],
  ])('%s', async (_, state, taxes) => {
    expect((await of(state)).taxes).toEqual(taxes);
  });

  it('E09 EN 16931: 19 % of 0.99 in three lines is 0.19, rounded once', async () => {
    expect((await of('VT')).taxes).toEqual(['vat 99 19']);
  });

  it('E10 a family with a line at college in Albany: each line by its place of use, one 911 fee in Texas', async () => {
    expect((await of('TX')).taxes.sort()).toEqual([...['e911 0 50', 'ny-excise 3100 90', 'sales 3100 194']]);
    const { supply } = await desk.bill(accounts['TX'] ?? '');
    expect(supply).toMatchObject({ lines: [{ jurisdictions: ['US', 'US-NY'] }] });
  });

  it('E11 a place of use of a line that the account does not pay for is refused', async () => {
    const [own] = await subscriptionsOf('OH');
    const facts = {
      customer: 'consumer',
      placesOfUse: [{ subscriptionId: own?.subscriptionId, address: place('A', 'NY', '12207', 'US') }],
    };
    await expect(desk.record(accounts['TX'] ?? '', facts)).rejects.toMatchObject({ status: 422 });
  });
});
