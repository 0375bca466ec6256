import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { catalogFileSchema } from './catalog-file-fields';
import { faultLine, loadCatalog } from './load-catalog';
import { readDeckCsv } from './read-deck-csv';

const deckCsv = `prefix,usageType,servingZone,zone,description,connectFee,rate,perUnits,initialIncrement,nextIncrement,roundAt,rounding
49,voice,home,national,Calls,0,0.06,60,1,1,record,halfUp
zone:home,data,home,home,Data,0,1,1000000,1,1,line,up
`;

/** Twenty lines that are right; each case changes one of them. */
const good = `decks:
  - deckId: retail
    currency: EUR
    validFrom: '2026-01-01T00:00:00Z'
    servingZones: [{ network: '262', servingZone: home }]
    freeNumbers: ['112']
    entriesFile: deck.csv
offerings:
  - offeringId: basic
    name: Basic
    currency: EUR
    validFrom: '2026-01-01T00:00:00Z'
    deckId: retail
    usageTaxCode: telecom
    paidInAdvance: null
    recurringCharges: []
    allowances:
      - { allowanceId: talk, name: Talk, usageType: voice, zones: [national], units: 100 min, priority: 1, shared: false }
    usagePrices:
      - { priceId: cheap, name: Cheap, when: { usageTypes: [data] }, price: { charge: { model: perUnit, rate: '1', perUnits: 1 GB } } }
`;

const bytesOf = async function* (text: string) {
  yield await Promise.resolve(new TextEncoder().encode(text));
};

async function load(text: string, name = 'plans.yaml', csv = deckCsv) {
  const read = await loadCatalog(name, text, (file) =>
    file === 'deck.csv'
      ? readDeckCsv(bytesOf(csv), new TextDecoder())
      : Promise.resolve({
          entries: [],
          lines: [],
          errors: [{ line: null, column: null, reason: 'there is no such file' }],
        }),
  );
  return 'faults' in read ? read.faults.map(faultLine) : read.catalog;
}

const faults = (from: string | RegExp, to: string, csv?: string) =>
  load(good.replace(from, to), 'plans.yaml', csv);

const tiers = (list: string) => `price: { charge: { model: graduated, tiers: [${list}] } }`;
const price = /price: \{ charge.*?\} \}/;
const calendar = (bands: string, holidays = '[]') =>
  `freeNumbers: []\n    calendar: { zone: Europe/Berlin, holidays: ${holidays}, crossing: split, bands: [${bands}] }`;
const band = (name: string, days: string, from: string, to: string) =>
  `{ band: ${name}, days: [${days}], from: '${from}', to: '${to}' }`;
const row = (text: string) => `${deckCsv}${text}\n`;
const bandedCsv = deckCsv
  .replace('rounding\n', 'rounding,band\n')
  .replace('record,halfUp\n', 'record,halfUp,peak\n')
  .replace('line,up\n', 'line,up,\n');
const subscriber = (more: string) =>
  `subscribers:\n  - accountId: a\n    subscriptions:\n      - { subscriptionId: s, ${more} }\n`;

describe('a catalog file', () => {
  it('gives what the core takes: versions by their beginning, quantities in base units', async () => {
    const catalog = await load(good);
    expect(catalog).toMatchObject({
      offerings: [
        {
          offeringId: 'basic',
          version: 1,
          validFrom: '2026-01-01T00:00:00.000Z',
          allowances: [{ units: 6000 }],
        },
      ],
      decks: [
        { version: { deckId: 'retail', version: 1 }, entries: [{ prefix: '49' }, { prefix: 'zone:home' }] },
      ],
      accounts: null,
    });
  });

  it('means the same as JSON', async () => {
    const { parse } = await import('yaml');
    const yaml = await load(good);
    expect(await load(JSON.stringify(parse(good)), 'plans.json')).toEqual(yaml);
  });

  it('has the JSON Schema that is in the repository (renew it: npx tollkeeper schema > libs/tariff/catalog.schema.json)', () => {
    const committed: unknown = JSON.parse(
      readFileSync(join(__dirname, '..', '..', 'catalog.schema.json'), 'utf8'),
    );
    expect(committed).toEqual(JSON.parse(JSON.stringify(catalogFileSchema())));
  });

  it('says of the example in tools/cli that nothing is wrong', async () => {
    const folder = join(__dirname, '..', '..', '..', '..', 'tools', 'cli', 'examples');
    const read = await loadCatalog('mvno.yaml', readFileSync(join(folder, 'mvno.yaml'), 'utf8'), (name) =>
      readDeckCsv(bytesOf(readFileSync(join(folder, name), 'utf8')), new TextDecoder()),
    );
    expect('faults' in read ? read.faults.map(faultLine) : []).toEqual([]);
  });
});

describe('what is wrong with a catalog file, where, why, and what to write', () => {
  it.each([
    ['nothing in it', '', 'plans.yaml:1: the file is empty'],
    [
      'text that is none',
      'a: \uFFFD',
      'plans.yaml:1: is not UTF-8 (Latin-1 or Windows-1252, perhaps): save the file as UTF-8',
    ],
    ['a NUL byte', 'a: 1\nb: \0', 'plans.yaml:2: has a NUL byte: the file was damaged or is no text'],
    ['a list', '[1]', 'plans.yaml:1: must have fields: $schema, decks, offerings, subscribers'],
    ['a tab', 'decks:\n\t- a: 1', 'plans.yaml:2: is indented by a tab: YAML is indented by spaces'],
    [
      'a name twice',
      'decks: []\ndecks: []',
      'plans.yaml:2: has a name that is there twice: leave one of the two',
    ],
    [
      'two documents',
      `${good}---\na: 1\n`,
      'plans.yaml:21: begins a second document (---): a catalog is one document',
    ],
  ])('%s', async (_, text, fault) => expect((await load(text)) as string[]).toContain(fault));

  it.each([
    ['{"decks": [1,}', 'plans.json:1: is not JSON: Unexpected token'],
    [
      '{\n"decks": [],\n"offerings": nothing,\n"a": 1\n}\n',
      "plans.json:3: is not JSON: Unexpected token 'o'",
    ],
    ['{\n"decks": ,\n"a": 1\n}\n', "plans.json:2: is not JSON: Unexpected token ','"],
    ['{\n"decks": [],', 'plans.json:2: is not JSON: '],
    ['{\n"decks": [],\n"decks": []}', 'plans.json:3: decks: is there twice: leave one of the two'],
  ])('JSON %j', async (text, fault) =>
    expect(((await load(text, 'plans.json')) as string[])[0]).toContain(fault),
  );

  it.each<[what: string, from: string | RegExp, to: string, fault: string]>([
    ['a field that nobody knows', 'usageTaxCode:', 'usageTaxCodes:', 'plans.yaml:9: offerings.0: there is no field "usageTaxCodes" here (did you mean "usageTaxCode"?)'],
    ['a field that is missing', "    deckId: retail\n    usageTax", '    usageTax', 'plans.yaml:9: offerings.0.deckId: is missing'],
    ['a number for text', "'112'", '112', 'plans.yaml:6: decks.0.freeNumbers.0: must be text in quotes, such as "112"'],
    ['an unknown currency', 'currency: EUR\n    validFrom', 'currency: EUX\n    validFrom', 'plans.yaml:3: decks.0.currency: EUX is not an ISO 4217 currency'],
    ['a bundle of no shape', /$/, '    bundle: { components: 3, revenue: { in: halves } }\n', 'plans.yaml:21: offerings.0.bundle.components: must be a list'],
    ['a bundle without a share', /$/, '    bundle: { components: 3, revenue: { in: halves } }\n', 'plans.yaml:21: offerings.0.bundle.tax: is missing'],
    ['a date without a time', "validFrom: '2026-01-01T00:00:00Z'\n    serving", "validFrom: '2026-01-01'\n    serving", 'plans.yaml:4: decks.0.validFrom: must be a UTC instant such as 2026-01-31T12:00:00.000Z'],
    ['a deck that is not there', 'deckId: retail\n    usage', 'deckId: retial\n    usage', 'plans.yaml:13: offerings.0.deckId: there is no rate deck retial'],
    ['a deck file that is not there', 'deck.csv', 'dekc.csv', 'dekc.csv: there is no such file'],
    ['a deck file elsewhere', 'deck.csv', '/etc/deck.csv', 'plans.yaml:7: decks.0.entriesFile: must be the name of a CSV file beside this one, such as "deck.csv"'],
    ['no rows', '    entriesFile: deck.csv\n', '', 'plans.yaml:2: decks.0.entries: is missing: rows here, or entriesFile with a CSV file'],
    ['an unknown zone', '[national]', '[natoinal]', 'plans.yaml:18: offerings.0.allowances.0.zones.0: no rate of deck retail has the zone natoinal (did you mean "national"?)'],
    ['an allowance in units of other usage', 'usageType: voice', 'usageType: sms', 'plans.yaml:18: offerings.0.allowances.0.units: "100 min" is time, but this usage is counted in messages: write messages such as "1 message"'],
    ['an allowance where no rate is', 'voice, zones: [national], units: 100 min', 'data, zones: [national], units: 1 GB', 'plans.yaml:18: offerings.0.allowances.0.zones: covers nothing: deck retail has no rate for data in national'],
    ['an exchange for usage that is not there', '100 min', "100 min, exchange: [{ each: { usageType: data, units: 1 MB }, takes: 1 min }]", 'plans.yaml:18: offerings.0.allowances.0.exchange.0.each.usageType: covers nothing: deck retail has no rate for data in national'],
    ['an exchange in units of other usage', '100 min', '100 min, exchange: [{ each: { usageType: data, units: 60 s }, takes: 1 min }]', 'plans.yaml:18: offerings.0.allowances.0.exchange.0.each.units: "60 s" is time, but this usage is counted in bytes: write data such as "5 GB" or "1 MiB"'],
    ['an exchange that takes units of other usage', '100 min', '100 min, exchange: [{ each: { usageType: data, units: 1 MB }, takes: 1 MB }]', 'plans.yaml:18: offerings.0.allowances.0.exchange.0.takes: "1 MB" is data, but this usage is counted in seconds: write time such as "60 s" or "1 min"'],
    ['an exchange that is never drawn', '100 min', '100 min, exchange: [{ each: { usageType: voice, units: 1 s }, takes: 101 min }]', 'plans.yaml:18: offerings.0.allowances.0.exchange.0.takes: is more than the allowance has (6000): nothing would ever be drawn'],
    ['an exchange and a step', '100 min', '100 min, step: 1 min, exchange: [{ each: { usageType: voice, units: 1 s }, takes: 2 s }]', 'plans.yaml:18: offerings.0.allowances.0.exchange.0.each.usageType: is drawn in steps of takes: leave out the step of the allowance'],
    ['an ambiguous unit', '100 min', '100 m', 'plans.yaml:18: offerings.0.allowances.0.units: "100 m" can be read in two ways: write "100 min" for minutes or "100 MB" for megabytes'],
    ['kilobytes of either kind', '1 GB', '1 KB', 'plans.yaml:20: offerings.0.usagePrices.0.price.charge.perUnits: "1 KB" can be read in two ways: write "1 kB" (bytes by 1000) or "1 KiB" (bytes by 1024)'],
    ['a comma', '1 GB', "'1,5 GB'", 'plans.yaml:20: offerings.0.usagePrices.0.price.charge.perUnits: "1,5 GB" can be read in two ways: no commas and no spaces inside the number, and a point before decimals ("1.5 GB")'],
    ['a unit of other usage', '1 GB', '60 s', 'plans.yaml:20: offerings.0.usagePrices.0.price.charge.perUnits: "60 s" is time, but this usage is counted in bytes: write data such as "5 GB" or "1 MiB"'],
    ['a negative price', "rate: '1'", "rate: '-1'", 'plans.yaml:20: offerings.0.usagePrices.0.price.charge.rate: a price is never negative'],
    ['an absurd price', "rate: '1'", "rate: '1000001'", 'plans.yaml:20: offerings.0.usagePrices.0.price.charge.rate: is not a plausible price (over 1000000)'],
    ['an unknown model', 'perUnit,', 'perunit,', 'plans.yaml:20: offerings.0.usagePrices.0.price.charge.model: must have a model: one of perUnit, steps, package, graduated'],
    ['a tier that starts too early', price, tiers("{ upTo: 2 GB, rate: '2', perUnits: 1 GB }, { upTo: 1 GB, rate: '1', perUnits: 1 GB }, { upTo: null, rate: '1', perUnits: 1 GB }"), 'plans.yaml:20: offerings.0.usagePrices.0.price.charge.tiers.1.upTo: starts before the tier before it ends: must be more than 2000000000'],
    ['a last tier with an end', price, tiers("{ upTo: 2 GB, rate: '2', perUnits: 1 GB }"), 'plans.yaml:20: offerings.0.usagePrices.0.price.charge.tiers.0.upTo: the last tier has no end: write null, so that usage beyond has a price'],
    ['a tier behind the last', price, tiers("{ upTo: null, rate: '2', perUnits: 1 GB }, { upTo: null, rate: '2', perUnits: 1 GB }"), 'plans.yaml:20: offerings.0.usagePrices.0.price.charge.tiers.0.upTo: only the last tier has no end: say where this one ends, or drop those behind it'],
    ['an unknown band', '{ usageTypes: [data] }', '{ usageTypes: [data], bands: [peak] }', 'plans.yaml:20: offerings.0.usagePrices.0.when.bands.0: deck retail has no calendar, so there is no band "peak"'],
    ['a rule that is never reached', /$/, "      - { priceId: late, name: Late, when: { usageTypes: [data], apns: [ims] }, price: { charge: { model: flat, amount: '1' } } }\n", 'plans.yaml:21: offerings.0.usagePrices.1: can never be reached: all usage that it is for fits cheap (number 0) before it; move it up, or narrow that one'],
    ['an offering twice', /$/, good.slice(good.indexOf('  - offeringId')), 'plans.yaml:24: offerings.1.validFrom: two versions of offering basic are valid from 2026-01-01T00:00:00.000Z on: one instant, one version'],
    ['an offering before its deck', /(offeringId: basic[^]*?)2026-01-01/, '$12025-12-01', 'plans.yaml:13: offerings.0.deckId: rate deck retail is valid from 2026-01-01T00:00:00.000Z on, the offering from 2025-12-01'],
    ['a network in no zone', 'servingZone: home', 'servingZone: hoem', 'plans.yaml:5: decks.0.servingZones.0.servingZone: no rate of the deck is for usage in hoem'],
    ['a band that never fits', 'freeNumbers: [\'112\']', calendar(`${band('all', 'mon, tue, wed, thu, fri, sat, sun', '00:00', '00:00')}, ${band('peak', 'mon', '08:00', '18:00')}`), 'plans.yaml:7: decks.0.calendar.bands.1: never fits: bands before it have all of its time (the first that fits wins): move it up or shorten them'],
    ['a band over midnight', 'freeNumbers: [\'112\']', calendar(band('night', 'mon', '22:00', '06:00')), 'plans.yaml:7: decks.0.calendar.bands.0.to: ends before it begins: write two bands of one name, 22:00 to 00:00 and 00:00 to 06:00'],
    ['a date that no month has', 'freeNumbers: [\'112\']', calendar("{ band: never, days: [mon], from: '00:00', to: '00:00', months: [2, 4], monthDays: [31] }"), 'plans.yaml:7: decks.0.calendar.bands.0: never fits: there is no such date (months, monthDays and during must all fit)'],
    ['a season that ends before it begins', 'freeNumbers: [\'112\']', calendar("{ band: never, days: [mon], from: '00:00', to: '00:00', during: { from: '2026-12-20', to: '2026-01-07' } }"), 'plans.yaml:7: decks.0.calendar.bands.0: never fits: there is no such date (months, monthDays and during must all fit)'],
    ['a holiday band without holidays', 'freeNumbers: [\'112\']', calendar(band('feast', 'holiday', '00:00', '00:00')), 'plans.yaml:7: decks.0.calendar.bands.0: never fits: the calendar has no holidays: name their dates in holidays'],
    ['a subscriber on an unknown plan', /$/, subscriber("msisdn: '4915111', plan: bsic"), 'plans.yaml:24: subscribers.0.subscriptions.0.plan: there is no offering bsic (did you mean "basic"?)'],
    ['a subscriber without a number', /$/, subscriber('plan: basic'), 'plans.yaml:24: subscribers.0.subscriptions.0: has no number and no SIM: name msisdn, imsi or identifiers'],
    ['two plans at one time', /$/, subscriber("msisdn: '4915111', plans: [{ offeringId: basic }, { offeringId: basic, from: '2026-02-01T00:00:00Z' }]"), 'plans.yaml:24: subscribers.0.subscriptions.0.plans.1.from: two plans at one time: it begins before number 0 has ended (which never ends)'],
    ['a plan before it is sold', /$/, subscriber("msisdn: '4915111', plans: [{ offeringId: basic, from: '2025-02-01T00:00:00Z' }]"), 'plans.yaml:24: subscribers.0.subscriptions.0.plans.0.from: basic is valid from 2026-01-01T00:00:00.000Z on only: usage before has no price'],
    ['a number of two', /$/, `${subscriber("msisdn: '4915111', plan: basic")}      - { subscriptionId: t, msisdn: '4915111', plan: basic }\n`, "plans.yaml:25: subscribers.0.subscriptions.1: msisdn 4915111 is s's at the same time: usage would have two owners"],
  ])('%s', async (_, from, to, fault) => {
    const found = await faults(from, to);
    expect(Array.isArray(found) ? found.map((line) => line.slice(0, fault.length)) : found).toContain(fault);
  }); // prettier-ignore

  it('tells everything in one run: what has not its shape, what is wrong with the rest, and with rows', async () => {
    const another = good.slice(good.indexOf('  - offeringId')).replace('basic', 'other');
    const text = (good + another)
      .replace('    usageTaxCode: telecom\n', '')
      .replace(/currency: EUR(?![^]*currency: EUR)/, 'currency: EUX')
      .concat(another.replace('other', 'third').replace('[national]', '[natoinal]'));
    expect(await load(text)).toEqual([
      'plans.yaml:9: offerings.0.usageTaxCode: is missing',
      'plans.yaml:22: offerings.1.currency: EUX is not an ISO 4217 currency',
      'plans.yaml:41: offerings.2.allowances.0.zones.0: no rate of deck retail has the zone natoinal (did you mean "national"?)',
    ]);
    const rowsToo = await faults(
      '    usageTaxCode: telecom\n',
      '',
      row('x,voice,home,national,Calls,0,0.07,60,1,1,record,halfUp'),
    );
    expect(rowsToo).toEqual([
      'plans.yaml:9: offerings.0.usageTaxCode: is missing',
      expect.stringContaining('deck.csv:4: prefix: '),
    ]);
  });

  it('what may be left out is nothing: no charge, no allowance, no free number, not paid in advance', async () => {
    const short = good.replace("    freeNumbers: ['112']\n", '').replace(/ {4}paidInAdvance[^]*/, '');
    expect(await load(short)).toMatchObject({
      offerings: [{ paidInAdvance: null, recurringCharges: [], allowances: [] }],
      decks: [{ version: { freeNumbers: [] } }],
    });
  });

  it.each([
    ['a second rate for a key', row('49,voice,home,national,Calls,0,0.07,60,1,1,record,halfUp'), 'deck.csv:4: prefix: has the same usage type, serving zone, prefix and band as line 2: one key, one rate'],
    ['a band without a calendar', bandedCsv, 'deck.csv:2: band: deck retail has no calendar, so there is no band "peak"'],
    ['a limit below the connect fee', deckCsv.replace('rounding\n', 'rounding,maxCharge\n').replace('0,0.06', '2,0.06').replace('record,halfUp', 'record,halfUp,1').replace('line,up', 'line,up,'), 'deck.csv:2: maxCharge: is less than the connect fee (2)'],
  ])('%s', async (_, csv, fault) => expect(await faults('', '', csv)).toContain(fault)); // prettier-ignore

  it('names the season in which a key with bands has no rate', async () => {
    const xmas = "{ band: xmas, days: [mon], from: '00:00', to: '00:00', months: [12], monthDays: [25] }";
    const always = band('peak', 'mon, tue, wed, thu, fri, sat, sun', '00:00', '00:00');
    expect(await faults("freeNumbers: ['112']", calendar(`${xmas}, ${always}`), bandedCsv)).toEqual([
      'deck.csv:2: band: voice 49 in home has no rate at the times of band xmas: add a row for that time, or one without a band for the rest',
    ]);
  });

  it('names the time at which a key with bands has no rate', async () => {
    const found = await faults(
      "freeNumbers: ['112']",
      calendar(band('peak', 'mon, tue, wed, thu, fri, sat, sun', '08:00', '18:00')),
      bandedCsv,
    );
    expect(found).toEqual([
      'deck.csv:2: band: voice 49 in home has no rate at mon 00:00: add a row for that time, or one without a band for the rest',
    ]);
  });
});
