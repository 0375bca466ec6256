import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runningStack } from '../setup/running-stack';
import { ApiDocument, filled, nobodysId, type Parameter, type Route } from './api-document';
import { type Answer, type Call, type Caller, forEach, ownAddress, problemCode } from './caller';
import { Cast } from './cast';
import { hostileBodies } from './hostile-bodies';
import { sampleOf } from './sample-body';
import { type Rows, TenantRows } from './tenant-rows';

const tenMegabytes = 10 * 1024 * 1024;

/** Raw, as they stand in the request line. */
const hostileIds = [
  '%00',
  'inv_%00',
  'inv%ED%A0%80',
  '%E0%A4%A',
  '..%2f..%2fadmin',
  '%24gt',
  '%7B%22%24gt%22%3A%22%22%7D',
  '__proto__',
  'constructor',
  '%F0%9F%98%80',
  'a'.repeat(4_000),
  '%0d%0aSet-Cookie%3Aa=b',
];

const hostileQueries = (name: string): string[] => [
  `${name}[$gt]=`,
  `${name}[$ne]=x`,
  `${name}[]=a&${name}[]=b`,
  `${name}=a&${name}=b`,
  `${name}=%00`,
  `${name}=${'a'.repeat(4_000)}`,
  `${name}=%7B%22%24gt%22%3A%22%22%7D`,
];

jest.setTimeout(60_000);

describe('hostile input', () => {
  const { apiUrl, environment, dataFolder } = runningStack();
  let document: ApiDocument;
  let cast: Cast;
  let rows: TenantRows;
  let before: Rows;

  beforeAll(async () => {
    document = await ApiDocument.load(apiUrl);
    cast = await Cast.open(ownAddress(3));
    rows = await TenantRows.connect(environment['MONGODB_URI'] ?? '');
  });

  afterAll(async () => {
    cast.close();
    await rows.close();
  });

  beforeEach(async () => {
    before = await rows.settled([cast.tenantId]);
  });
  afterEach(async () => expect(await rows.settled([cast.tenantId])).toEqual(before));

  const writes = (): Route[] => document.routes.filter(({ method }) => method !== 'GET');
  const reads = (): Route[] => document.routes.filter(({ method }) => method === 'GET');
  const withBody = (): Route[] => writes().filter(({ contentType }) => contentType === 'application/json');

  /** Whoever makes a policy, a credit class or a bank account names it, by any id. */
  const isOwnName = ({ name }: Route, id: string): boolean =>
    [
      'PUT /v1/payments/dunning-policies/{id}',
      'PUT /v1/payments/bank-accounts/{id}',
      'PUT /v1/customers/credit-classes/{code}',
    ].includes(name) && /^[a-z]+$/.test(id);

  /** What the link does not open is refused before the body is read. */
  const isByLink = ({ path }: Route): boolean => path.includes('/links/{token}');

  interface Attack {
    route: Route;
    what: string;
    path: string;
    call?: Call;
  }

  /** The installation's key opens what it guards, so that what lies behind is attacked as well. */
  const callerOf = ({ path }: Route, operator: Caller): Caller =>
    /identity\/(sandboxes|tenants)/.test(path) ? operator : cast.caller;

  async function send(attacks: Attack[]): Promise<{ attack: Attack; answer: Answer }[]> {
    const operator = cast.caller.as(environment['OPERATOR_KEY'] ?? '');
    const answers = await forEach(attacks, async (attack) => ({
      attack,
      answer: await callerOf(attack.route, operator).send(attack.route.method, attack.path, attack.call),
    }));
    operator.close();
    return answers;
  }

  const isRefusal = ({ status }: Answer): boolean => status >= 400 && status < 500;

  /** Attacks that were not answered by a 4xx with a code. */
  async function survivors(
    attacks: Attack[],
    isGood = (answer: Answer) => isRefusal(answer) && problemCode(answer) !== undefined,
  ) {
    const answers = await send(attacks);
    return answers
      .filter(({ answer }) => !isGood(answer))
      .map(
        ({ attack, answer }) =>
          `${attack.route.name}: ${attack.what}: ${answer.status} ${answer.text.slice(0, 300)}`,
      );
  }

  it('finds bodies to be wrong about: the samples are right but for ids that nobody has', async () => {
    const attacks = withBody().map((route) => ({
      route,
      what: 'no fault',
      path: filled(route, nobodysId),
      call: { json: { ...(sampleOf(document, route.body ?? {}) as object), notAField: 1 } },
    }));
    const answers = await send(attacks);
    const otherFaults = answers.filter(
      ({ attack: { route }, answer: { text } }) =>
        !isByLink(route) && !(JSON.parse(text) as { detail?: string }).detail?.includes('notAField'),
    );
    expect(otherFaults.map(({ attack, answer }) => `${attack.route.name}: ${answer.text}`)).toEqual([]);
  });

  it('in bodies is refused by every route, and nothing is written', async () => {
    const attacks = withBody().flatMap((route) =>
      hostileBodies(document, route.body ?? {}).map(({ what, raw }) => ({
        route,
        what,
        path: filled(route, nobodysId),
        call: { raw },
      })),
    );
    expect(attacks.length).toBeGreaterThan(1_500);
    // Validation stands before the look-up of ids: a 404 or 409 would mean that the value was accepted.
    // A pay link that nobody made is no credential: nothing of the body is looked at.
    const isRefusedByShape = (answer: Answer) =>
      ['badInput', 'tooLarge', 'payLinkInvalid'].includes(problemCode(answer) ?? '') && isRefusal(answer);
    expect(await survivors(attacks, isRefusedByShape)).toEqual([]);
  });

  it('is refused with an Idempotency-Key as well, and claims no key', async () => {
    const key = { 'idempotency-key': 'hostile' };
    const attacks = withBody().flatMap((route) =>
      ['{"deep":'.repeat(10_000) + '1' + '}'.repeat(10_000), '{"$where":"1"}', '[]'].map((raw, index) => ({
        route,
        what: `body ${index}`,
        path: filled(route, nobodysId),
        call: { raw, headers: key },
      })),
    );
    expect(await survivors(attacks)).toEqual([]);
  });

  it.each<[string, Call]>([
    ['no content type', { raw: '{}', headers: { 'content-type': '' } }],
    [
      'a form',
      { raw: 'email[$gt]=&password[$gt]=', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
    ],
    [
      'XML',
      {
        raw: '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
        headers: { 'content-type': 'application/xml' },
      },
    ],
    ['an unknown charset', { raw: '{}', headers: { 'content-type': 'application/json; charset=ebcdic' } }],
    ['an unknown encoding', { raw: '{}', headers: { 'content-encoding': 'bomb' } }],
    ['no gzip', { raw: 'not gzip', headers: { 'content-encoding': 'gzip' } }],
    ['invalid UTF-8', { raw: Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]) }],
    ['nothing', {}],
  ])('%s is refused by every route that asks for JSON', async (what, call) => {
    expect(
      await survivors(withBody().map((route) => ({ route, what, path: filled(route, nobodysId), call }))),
    ).toEqual([]);
  });

  it('10 MB is too large', async () => {
    const raw = `{"reason":"${'a'.repeat(tenMegabytes)}"}`;
    const routes = withBody().filter((_, index) => index % 10 === 0);
    const attacks = routes.map((route) => ({
      route,
      what: '10 MB',
      path: filled(route, nobodysId),
      call: { raw },
    }));
    const isTooLarge = (answer: Answer) => answer.status === 413 && problemCode(answer) === 'tooLarge';
    expect(await survivors(attacks, isTooLarge)).toEqual([]);
  });

  it('in ids of paths is refused, and no route fails by it', async () => {
    const attacks = document.routes
      .filter(({ pathParameters }) => pathParameters.length > 0)
      .flatMap((route) =>
        hostileIds
          .filter((id) => !isOwnName(route, id))
          .map((id) => ({
            route,
            what: id.slice(0, 40),
            path: route.path.replace(/{\w+}/g, id),
            call: route.body ? { json: sampleOf(document, route.body) } : {},
          })),
      );
    const findsNothing = ({ status, text }: Answer) =>
      status === 200 && (JSON.parse(text) as { data?: object[] }).data?.length === 0;
    expect(
      await survivors(
        attacks,
        (answer) => findsNothing(answer) || (isRefusal(answer) && problemCode(answer) !== undefined),
      ),
    ).toEqual([]);
  });

  it('in queries is refused', async () => {
    const attacks = reads().flatMap((route) =>
      route.query.flatMap(({ name }: Parameter) =>
        hostileQueries(name).map((query) => ({
          route,
          what: query.slice(0, 40),
          path: `${filled(route, nobodysId)}?${query}`,
        })),
      ),
    );
    expect(attacks.length).toBeGreaterThan(300);
    // A text that only looks like JSON may be asked for; nothing has it.
    const isHarmless = ({ what }: Attack, { status, text }: Answer) =>
      status === 200 && what.includes('=%7B') && (JSON.parse(text) as { data: object[] }).data.length === 0;
    const answers = await send(attacks);
    const bad = answers.filter(
      ({ attack, answer }) => !isHarmless(attack, answer) && !(isRefusal(answer) && problemCode(answer)),
    );
    expect(
      bad.map(
        ({ attack, answer }) =>
          `${attack.route.name}: ${attack.what}: ${answer.status} ${answer.text.slice(0, 300)}`,
      ),
    ).toEqual([]);
  });

  it.each([
    '1e9',
    '1000000000',
    '101',
    '0',
    '-1',
    '1.5',
    'NaN',
    'Infinity',
    '',
    '0x10000',
    '99999999999999999999',
  ])('a page of %s rows is refused', async (limit) => {
    const paged = reads().filter(({ query }) => query.some(({ name }) => name === 'limit'));
    const attacks = paged.map((route) => ({
      route,
      what: limit,
      path: `${filled(route, nobodysId)}?limit=${limit}`,
    }));
    expect(attacks.length).toBeGreaterThan(15);
    expect(await survivors(attacks)).toEqual([]);
  });

  it('in usage files, rate decks, tax and ZIP tables and files of subscribers and cards is refused', async () => {
    const uploads = writes().filter(({ contentType }) => contentType === 'text/csv');
    const query = (path: string) =>
      path.endsWith('rate-decks')
        ? '?deckId=sample&validFrom=2026-01-01&currency=USD'
        : /tax-rates|zip-table/.test(path)
          ? '?reason=hostile'
          : '';
    const bodies = [
      '',
      '\0\0\0',
      '=cmd|calc',
      `${'a'.repeat(100_000)}\n`,
      '"unclosed',
      `a,b\n${'"'.repeat(50_000)}`,
      '{"$gt":""}',
    ];
    const attacks = uploads.flatMap((route) =>
      bodies.map((raw) => ({
        route,
        what: raw.slice(0, 20),
        path: `${route.path}${query(route.path)}`,
        call: { raw, headers: { 'content-type': 'text/csv' } },
      })),
    );
    expect(uploads.length).toBe(7);
    expect(await survivors(attacks)).toEqual([]);
  });

  it('left no unexpected failure in the log', () => {
    const log = readFileSync(join(dataFolder, 'logs', 'all-in-one.log'), 'utf8');
    expect(
      log
        .split('\n')
        .filter((line) => line.includes('failed unexpectedly'))
        .slice(0, 3),
    ).toEqual([]);
  });
});
