import { Operator } from './operator';
import { place, TaxDesk } from './taxes-language';

const austria = {
  ...{ taxId: 'vat', name: 'VAT', jurisdiction: 'AT', taxCodes: ['telecom'], percent: '20' },
  ...{ validFrom: '1995-01-01', law: 'UStG 1994 § 10(1)' },
};

const evidence = (kind: string, country: string) => ({ kind, country, source: `${kind} on file` });

/** A carrier established in Germany: a line is 10.00 a month; bills are of February 1. */
describe('telecommunications in the European Union', () => {
  let operator: Operator;
  let desk: TaxDesk;
  let firm: string;
  let berliner: string;
  let mover: string;
  const sim = { mcc: '262' };

  beforeAll(async () => {
    operator = await Operator.open();
    desk = new TaxDesk(operator);
    await desk.open();
    await desk.load('germany');
    await desk.put(austria);
    await desk.settings({ placeBy: 'telecom', establishedIn: 'DE' });
    firm = await desk.account(place('Wien', '', '1010', 'AT'), ['euro-line'], sim);
    berliner = await desk.account(place('Berlin', '', '10115', 'DE'), ['euro-line'], sim);
    mover = await desk.account(place('Passau', '', '94032', 'DE'), ['euro-line'], sim);
  });

  it('two items of evidence against the SIM are looked at, three that agree rebut it', async () => {
    const two = [evidence('bankCountry', 'AT'), evidence('ipAddress', 'AT')];
    const consumer = { customer: 'consumer' };
    expect((await desk.record(mover, { ...consumer, evidence: two })).review).toMatch(/three that agree/);
    const three = [...two, evidence('declaration', 'AT')];
    expect((await desk.record(mover, { ...consumer, evidence: three })).review).toBeNull();
  });

  it('a business without a checked VAT number is looked at, with one it is clear', async () => {
    const business = { customer: 'business' };
    expect((await desk.record(firm, business)).review).toMatch(/no checked VAT number/);
    const vatNumber = {
      ...{ number: 'ATU12345678', country: 'AT', valid: true },
      ...{ checkedAt: '2026-01-02T10:00:00.000Z', consultation: 'WAPIAAAAX1' },
    };
    expect((await desk.record(firm, { ...business, vatNumber })).review).toBeNull();
    expect(await desk.review()).toEqual([]);
  });

  it('Feb 1: the business owes the tax itself, and its bill says so', async () => {
    await operator.until('2026-02-01T20:00:00.000Z');
    expect(await desk.shown(firm)).toEqual({ own: [], taxes: [], total: 1000 });
    const { supply, untaxed } = await desk.bill(firm);
    expect(supply).toMatchObject({ note: 'Reverse charge', jurisdictions: ['AT'], vatNumber: 'ATU12345678' });
    expect(untaxed).toMatchObject([{ taxId: 'vat', reason: 'reverseCharge', base: { minor: 1000 } }]);
  });

  it('Feb 1: consumers are taxed where the SIM says, or where the evidence does', async () => {
    expect(await desk.shown(berliner)).toEqual({ own: [], taxes: ['vat 1000 190'], total: 1190 });
    expect(await desk.shown(mover)).toEqual({ own: [], taxes: ['vat 1000 200'], total: 1200 });
    const { supply } = await desk.bill(mover);
    expect(supply).toMatchObject({ jurisdictions: ['AT'], rule: expect.stringContaining('rebutted') });
    expect(supply?.evidence.map(({ kind }) => kind)).toEqual([
      ...['simCountry', 'bankCountry', 'ipAddress', 'declaration'],
    ]);
  });
});
