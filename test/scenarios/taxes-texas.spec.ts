import { Operator } from './operator';
import { place, TaxDesk } from './taxes-language';

const factor = (percent: string, validFrom: string, validTo: string | null) => ({
  ...{ taxId: 'usf', name: 'Universal Service Fund Recovery', levy: 'recoveryFee', jurisdiction: 'US' },
  ...{ taxCodes: ['voice'], rateDate: 'billDate', rounding: 'down', validFrom, validTo },
  amount: { kind: 'percentage', percent, share: '37.1' },
  law: '47 CFR 54.706, 54.709, 54.712',
});

/** Four lines of 20.00 voice and a hotspot of 10.00, from February on; bills are of March 1 and April 1. */
describe('a Texan family plan', () => {
  let operator: Operator;
  let desk: TaxDesk;
  let family: string;
  let school: string;

  beforeAll(async () => {
    operator = await Operator.open();
    desk = new TaxDesk(operator);
    await desk.open();
  });

  it('a table that speaks of a tax nobody knows is refused by line and column, with nothing written', async () => {
    await expect(desk.load('us-texas')).rejects.toMatchObject({
      status: 422,
      problem: { field: 'line 2, onTopOf' },
    });
    expect((await desk.load('us-federal')).stored).toBeGreaterThan(10);
    expect(await desk.load('us-texas')).toEqual({ stored: 4 });
    await desk.put(factor('37.6', '2026-01-01', '2026-04-01'), factor('40', '2026-04-01', null));
  });

  it('a ZIP code in two places is looked at, until a person decides', async () => {
    await desk.zipTable(
      '78701,,,AUSTIN,US;US-TX;US-TX-AUSTIN,2020-01-01',
      '75001,0000,4999,ADDISON,US;US-TX;US-TX-ADDISON,2020-01-01',
      '75001,5000,9999,DALLAS,US;US-TX;US-TX-DALLAS,2020-01-01',
    );
    const from = { activeFrom: '2026-02-01T05:00:00.000Z' };
    const lines = ['family-line', 'family-line', 'family-line', 'family-line', 'hotspot'];
    family = await desk.account(place('Austin', 'TX', '78701', 'US'), lines, from);
    school = await desk.account(place('Addison', 'TX', '75001', 'US'), ['family-line'], from);
    await desk.certificate(school, 'US-TX');
    expect(await desk.review()).toEqual([
      [school, 'ZIP code 75001 lies in ADDISON and DALLAS: the four digits behind it decide'],
    ]);
    await desk.decide(school, ['US', 'US-TX', 'US-TX-ADDISON']);
    expect(await desk.review()).toEqual([]);
  });

  it('Mar 1: recovery fee 11.15, sales tax on it too, 911 fees for four lines; the hotspot is untaxed and has none', async () => {
    await operator.until('2026-03-01T20:00:00.000Z');
    expect(await desk.shown(family)).toEqual({
      // 80.00 x 37.1 % x 37.6 % = 11.15968, cut.
      own: ['usf 8000 1115'],
      // 6.25 % of 91.15; 0.06 and 0.50 a line.
      taxes: ['e911 0 200', 'equalization911 0 24', 'sales 9115 570'],
      total: 9000 + 1115 + 200 + 24 + 570,
    });
    const { untaxed, supply } = await desk.bill(family);
    expect(untaxed).toMatchObject([{ taxId: 'itfa', reason: 'byLaw', base: { minor: 1000 } }]);
    expect(supply?.jurisdictions).toEqual(['US', 'US-TX', 'US-TX-AUSTIN']);
  });

  it("Mar 1: a certificate of Texas frees of its taxes and fees, not of the carrier's own fee", async () => {
    expect(await desk.shown(school)).toEqual({ own: ['usf 2000 278'], taxes: [], total: 2278 });
    const { exemptions, supply } = await desk.bill(school);
    expect(exemptions).toContainEqual(
      expect.objectContaining({ taxId: 'sales', certificateNumber: 'EX-7', base: expect.anything() }),
    );
    expect(supply?.jurisdictions).toEqual(['US', 'US-TX', 'US-TX-ADDISON']);
  });

  it('Apr 1: the factor of the new quarter counts, by the date of the bill; each line has its fee of March once', async () => {
    await operator.until('2026-04-01T20:00:00.000Z');
    expect(await desk.shown(family, 1)).toEqual({
      // 80.00 x 37.1 % x 40 % = 11.872, cut.
      own: ['usf 8000 1187'],
      taxes: ['e911 0 200', 'equalization911 0 24', 'sales 9187 574'],
      total: 9000 + 1187 + 200 + 24 + 574,
    });
  });
});
