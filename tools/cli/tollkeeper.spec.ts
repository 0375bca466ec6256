import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(__dirname, '..', '..');
const examples = join(__dirname, 'examples');
let folder = '';

interface Ended {
  code: number | null;
  out: string;
  errors: string[];
}

function run(program: string, args: readonly string[]): Promise<Ended> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [program, ...args], { cwd: folder });
    let [out, errors] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    child.on('error', fail);
    child.on('close', (code) =>
      done({ code, out, errors: errors.split('\n').filter((line) => line !== '') }),
    );
  });
}

const tollkeeper = (...args: string[]) => run(join(root, 'dist', 'tools', 'cli', 'main.js'), args);
const put = (name: string, content: string | Buffer) => writeFile(join(folder, name), content);
const read = (name: string) => readFile(join(folder, name), 'utf8');

const deck = `prefix,usageType,servingZone,zone,description,connectFee,rate,perUnits,initialIncrement,nextIncrement,roundAt,rounding
49,voice,home,national,Calls,0,0.06,60,60,1,record,halfUp
`;
const catalog = (rateOfMessage: string) => `{
  "decks": [{
    "deckId": "retail", "currency": "EUR", "validFrom": "2026-01-01T00:00:00Z",
    "servingZones": [{ "network": "262", "servingZone": "home" }], "freeNumbers": [],
    "entries": [
      { "prefix": "49", "usageType": "voice", "servingZone": "home", "zone": "national", "description": "Calls", "connectFee": "0",
        "rate": "0.06", "perUnits": "1 min", "initialIncrement": "60 s", "nextIncrement": 1, "roundAt": "record", "rounding": "halfUp" },
      { "prefix": "49", "usageType": "sms", "servingZone": "home", "zone": "national", "description": "Messages", "connectFee": "0",
        "rate": "${rateOfMessage}", "perUnits": 1, "initialIncrement": 1, "nextIncrement": 1, "roundAt": "record", "rounding": "halfUp" }
    ]
  }],
  "offerings": [{
    "offeringId": "basic", "name": "Basic", "currency": "EUR", "validFrom": "2026-01-01T00:00:00Z", "deckId": "retail",
    "usageTaxCode": "telecom", "paidInAdvance": null, "recurringCharges": [],
    "allowances": [{ "allowanceId": "talk", "name": "Talk", "usageType": "voice", "zones": ["national"], "units": "2 min", "priority": 1, "shared": false }]
  }]
}`;

const header =
  'recordId,usageType,servedMsisdn,servedImsi,otherParty,startAt,durationSeconds,uplinkBytes,downlinkBytes,servingNetwork,sessionId';
const call = (id: string, at: string, seconds: number, to = '4930111') =>
  `${id},voice,4915111,,${to},${at},${seconds},,,26201,`;
const lines = [
  call('c1', '2026-01-10T10:00:00Z', 90),
  call('c2', '2026-01-11T10:00:00Z', 90),
  call('c3', '2026-02-01T10:00:00Z', 30),
  'm1,sms,4915222,,4930111,2026-01-12T10:00:00Z,,,,26201,',
];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tollkeeper-cli-'));
  await put('plans.json', catalog('0.09'));
  await put('dearer.json', catalog('0.10'));
  await put('usage.csv', `${[header, ...lines].join('\n')}\n`);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('npx tollkeeper', () => {
  it('goes through the door that installs and builds, and names its version', async () => {
    const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
    expect(await run(join(root, 'tools', 'cli', 'tollkeeper.mjs'), ['--version'])).toMatchObject({
      code: 0,
      out: `${version}\n`,
    });
  });

  it('rates a file: amounts, allowances, rate ids, totals', async () => {
    const { code, out } = await tollkeeper(
      ...['rate', '--catalog', 'plans.json', '--usage', 'usage.csv', '--out', 'rated.csv'],
      ...['--explain', '--totals', 'totals.json'],
    );
    expect(code).toBe(0);
    const rows = (await read('rated.csv')).trim().split('\n');
    expect(rows.map((row) => row.split(',').slice(0, 16).join(','))).toEqual([
      'recordId,accountId,subscriptionId,offeringId,offeringVersion,usageType,startAt,periodFrom,zone,band,quantity,billedQuantity,allowanceUsed,amount,currency,rateId',
      'c1,4915111,4915111,basic,1,voice,2026-01-10T10:00:00.000Z,2026-01-01,national,,90,90,4915111/talk:90,0.00,EUR,retail@1/voice/home/49',
      'c2,4915111,4915111,basic,1,voice,2026-01-11T10:00:00.000Z,2026-01-01,national,,90,90,4915111/talk:30,0.06,EUR,retail@1/voice/home/49',
      'c3,4915111,4915111,basic,1,voice,2026-02-01T10:00:00.000Z,2026-02-01,national,,30,60,4915111/talk:60,0.00,EUR,retail@1/voice/home/49',
      'm1,4915222,4915222,basic,1,sms,2026-01-12T10:00:00.000Z,2026-01-01,national,,1,1,,0.09,EUR,retail@1/sms/home/49',
    ]);
    expect(rows[2]).toContain('0.06');
    expect(rows[0]).toMatch(/,explanation$/);
    expect(JSON.parse(await read('totals.json'))).toMatchObject({
      records: 4,
      rated: 4,
      unrated: {},
      totals: [{ records: 4, amount: '0.15', currency: 'EUR' }],
      accounts: [
        { accountId: '4915111', records: 3, amount: '0.06' },
        { accountId: '4915222', records: 1, amount: '0.09' },
      ],
      plans: [{ offeringId: 'basic', records: 4, amount: '0.15' }],
    });
    expect(out).toContain('4 records read, 4 rated -> rated.csv');
  });

  it('gives the same file whatever the order of the records', async () => {
    await put('shuffled.csv', `${[header, ...[...lines].reverse()].join('\r\n')}`);
    await tollkeeper('rate', '--catalog', 'plans.json', '--usage', 'usage.csv', '--out', 'one.csv');
    await tollkeeper('rate', '--catalog', 'plans.json', '--usage', 'shuffled.csv', '--out', 'two.csv');
    expect(await read('two.csv')).toBe(await read('one.csv'));
  });

  it('lists what has no amount by line and ends with 1', async () => {
    const wrong = [
      call('c1', '2026-01-10T10:00:00Z', 90),
      call('c1', '2026-01-12T10:00:00Z', 1),
      call('c4', '2026-01-10', 90),
      call('c5', '2026-01-10T10:00:00Z', 90, '331234567'),
      'c6,voice,"4915111,,49301',
    ];
    await put('some.csv', [header, ...wrong].join('\n'));
    const { code, out } = await tollkeeper(
      'rate',
      '--catalog',
      'plans.json',
      '--usage',
      'some.csv',
      '--out',
      'some-rated.csv',
    );
    expect(code).toBe(2);
    await put('some.csv', [header, ...wrong.slice(0, 4), ''].join('\n'));
    const ended = await tollkeeper(
      'rate',
      '--catalog',
      'plans.json',
      '--usage',
      'some.csv',
      '--out',
      'some-rated.csv',
    );
    expect(out).toBe('');
    expect(ended.code).toBe(1);
    expect((await read('some-rated.unrated.csv')).trim().split('\n')).toEqual([
      'line,recordId,status,reason,startAt,seenOnLine,detail',
      '3,c1,duplicate,duplicateRecord,2026-01-12T10:00:00.000Z,2,recordId: is there already on line 2; each record has an id of its own',
      '4,c4,rejected,badInstant,,,"startAt: must be an instant with its zone, such as 2026-01-31T12:00:00Z, from 1970 on"',
      '5,c5,inSuspense,noRate,2026-01-10T10:00:00.000Z,,"no row of the deck and no price of the plan is for it: add one for the number, the zone of the serving network or the time"',
    ]);
  });

  it('compares two catalogs on the same usage', async () => {
    const { code, out } = await tollkeeper(
      ...['rate', '--catalog', 'plans.json', '--against', 'dearer.json', '--usage', 'usage.csv'],
      ...['--out', 'before.csv', '--totals', 'change.json'],
    );
    expect(code).toBe(0);
    expect(out).toMatch(/4915222 +0\.09 +0\.10 +\+0\.01 +\+11\.1 % +EUR/);
    expect(JSON.parse(await read('change.json'))).toMatchObject({
      against: {
        totals: [{ before: '0.15', after: '0.16', change: '0.01', currency: 'EUR' }],
        plans: [{ offeringId: 'basic', change: '0.01' }],
        subscriptions: [
          { subscriptionId: '4915111', change: '0.00' },
          { subscriptionId: '4915222', change: '0.01' },
        ],
      },
    });
  });

  it('lists what the second catalog has no amount for: its sums lack it', async () => {
    await put('calls.json', catalog('0.09').replace('"49", "usageType": "sms"', '"43", "usageType": "sms"'));
    const { code, out } = await tollkeeper(
      ...['rate', '--catalog', 'plans.json', '--against', 'calls.json', '--usage', 'usage.csv'],
      ...['--out', 'fewer.csv'],
    );
    expect(code).toBe(1);
    expect(out).toContain(
      'by the second catalog 1 without an amount (noRate 1): the sums after lack them -> fewer.against.unrated.csv',
    );
    expect(await read('fewer.against.unrated.csv')).toContain('5,m1,inSuspense,noRate,');
  });

  it('rates the example', async () => {
    const { code, out } = await tollkeeper(
      ...[
        'rate',
        '--catalog',
        join(examples, 'mvno.yaml'),
        '--usage',
        join(examples, 'usage.csv'),
        '--out',
        'mvno.csv',
      ],
    );
    expect(code).toBe(0);
    expect(out).toContain('12 records read, 12 rated');
  });
});

describe('bad input ends with 2, says why, and writes nothing', () => {
  const rate = (more: Record<string, string> = {}) =>
    tollkeeper(
      'rate',
      ...Object.entries({ catalog: 'plans.json', usage: 'usage.csv', out: 'nothing.csv', ...more }).flatMap(
        ([name, value]) => [`--${name}`, value],
      ),
    );
  const long = (count: number) => 'x'.repeat(count);

  it.each<[what: string, file: string, content: string | Buffer, error: string]>([
    ['no columns', 'bad.csv', '', 'bad.csv:1: the file is empty: its first line names the columns'],
    ['semicolons', 'bad.csv', header.replaceAll(',', ';'), 'bad.csv:1: columns are separated by commas, not by semicolons or tabs'],
    ['a column missing', 'bad.csv', header.replace('startAt,', ''), 'bad.csv:1: the first line names the columns of usage: columns missing: startAt'],
    ['a column twice', 'bad.csv', `${header},startAt`, 'bad.csv:1: the first line names the columns of usage: columns twice: startAt'],
    ['an unknown column', 'bad.csv', `${header},colour`, 'bad.csv:1: the first line names the columns of usage: columns unknown: colour'],
    ['UTF-16', 'bad.csv', Buffer.from(`\uFEFF${header}`, 'utf16le'), 'bad.csv:1: the file is UTF-16: save it as UTF-8 (in spreadsheets "CSV UTF-8")'],
    ['a spreadsheet', 'bad.csv', Buffer.from([0x50, 0x4b, 3, 4, 0, 0]), 'bad.csv:1: the file is a ZIP archive or a spreadsheet: save it as CSV UTF-8'],
    ['a quote that never closes', 'bad.csv', `${header}\n${lines[0]}\na,"b\n${lines[1]}\n`, 'bad.csv:3: has a quote that is never closed: write "" for a quote inside a field'],
    ['a line of 10 MB', 'bad.csv', `${header}\n${long(10_000_000)}\n`, 'bad.csv:2: is longer than 16384 characters'],
  ])('usage: %s', async (_, name, content, error) => {
    await put(name, content);
    expect(await rate({ usage: name })).toEqual({ code: 2, out: '', errors: [error] });
    expect(existsSync(join(folder, 'nothing.csv'))).toBe(false);
  }); // prettier-ignore

  it.each<[what: string, content: string | Buffer, error: string]>([
    ['semicolons', deck.replaceAll(',', ';'), 'deck.csv:1: separates its columns by semicolons: they are separated by commas'],
    ['Latin-1', Buffer.from(deck.replace('Calls', 'Gespräche'), 'latin1'), 'deck.csv:2: is not UTF-8 (Latin-1 or Windows-1252, perhaps): save the file as UTF-8'],
    ['a NUL byte', deck.replace('Calls', 'Ca\0lls'), 'deck.csv:2: has a NUL byte: the file was damaged or is no text'],
    ['CR alone', deck.replaceAll('\n', '\r'), 'deck.csv:1: has a carriage return inside: end lines with a line feed (LF or CRLF), not with CR alone'],
    ['a column missing', deck.replace('rate,', ''), 'deck.csv:1: rate: is missing'],
    ['a misspelt column', deck.replace('prefix', 'prefx'), 'deck.csv:1: prefx: is not a column of a rate deck (did you mean "prefix"?)'],
    ['a field too many', deck.replace('halfUp', 'halfUp,x'), 'deck.csv:2: has 13 fields, the header 12'],
    ['a quote inside a field', deck.replace('Calls', 'Ca"lls'), 'deck.csv:2: has a quote that is never closed: write "" for a quote inside a field'],
    ['quotes inside a field', deck.replace('Calls', 'C"al"ls'), 'deck.csv:2: has a quote inside a field: put the whole field in quotes and write "" for each quote in it'],
    ['an ambiguous unit', deck.replace('0.06,60', '0.06,1 m'), 'deck.csv:2: perUnits: "1 m" can be read in two ways: write "1 min" for minutes or "1 MB" for megabytes'],
    ['nothing', '', 'deck.csv:1: the file has no rates'],
  ])('deck file: %s', async (_, content, error) => {
    await put('deck.csv', content);
    const whole = JSON.parse(catalog('0.09')) as { decks: Record<string, unknown>[] };
    const { entries: __, ...head } = whole.decks[0] ?? {};
    await put('with-deck.json', JSON.stringify({ ...whole, decks: [{ ...head, entriesFile: 'deck.csv' }] }));
    const { code, errors } = await tollkeeper('check', '--catalog', 'with-deck.json');
    expect(errors).toContain(error);
    expect(code).toBe(2);
  }); // prettier-ignore

  it.each<[what: string, more: Record<string, string>, error: string]>([
    ['no such catalog', { catalog: 'no.json' }, 'no.json: there is no such file'],
    ['a folder for a catalog', { catalog: '.' }, '.: is a folder, a file is needed'],
    ['no such usage', { usage: 'no.csv' }, 'no.csv: there is no such file'],
    ['a plan that is not there', { plan: 'gold' }, 'plans.json: there is no plan gold in the catalog: it has basic'],
    ['a result over the catalog', { out: './plans.json' }, './plans.json: --out would overwrite the file of --catalog: give each a name of its own'],
    ['a result over the usage', { totals: 'usage.csv' }, 'usage.csv: --totals would overwrite the file of --usage: give each a name of its own'],
    ['two results in one file', { unrated: 'nothing.csv' }, 'nothing.csv: --unrated would overwrite the file of --out: give each a name of its own'],
    ['no folder for the totals', { totals: 'no/totals.json' }, 'no/totals.json: its folder does not exist'],
    ['a folder for a result', { unrated: '.' }, '.: is a folder: --unrated names a file'],
    ['a plan of no second catalog', { 'against-plan': 'basic' }, '--against-plan names a plan of the second catalog: name that too, by --against'],
    ['no folder for the result', { out: 'no/nothing.csv' }, 'no/nothing.csv: its folder does not exist'],
  ])('%s', async (_, more, error) => {
    expect(await rate(more)).toEqual({ code: 2, out: '', errors: [error] });
    expect(existsSync(join(folder, 'nothing.csv'))).toBe(false);
  }); // prettier-ignore

  it.each([
    [['rate'], "error: required option '--catalog <file>' not specified"],
    [['rat'], "error: unknown command 'rat'"],
    [['check', '--catalog', 'plans.json', '--loud'], "error: unknown option '--loud'"],
  ])('%j', async (args, error) => {
    const { code, errors } = await tollkeeper(...args);
    expect(errors[0]).toBe(error);
    expect(code).toBe(2);
  });
});
