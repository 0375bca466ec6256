import { runningStack } from '../setup/running-stack';
import { ApiDocument, filled, keyedRoutes, nobodysId, publicRoutes, type Route } from './api-document';
import { type Answer, type Call, type Caller, forEach, ownAddress, problemCode } from './caller';
import { Cast } from './cast';
import { forgedTokens } from './forged-tokens';
import { type Rows, TenantRows } from './tenant-rows';

jest.setTimeout(60_000);

describe('credentials', () => {
  const { apiUrl, environment } = runningStack();
  let document: ApiDocument;
  let cast: Cast;
  let rows: TenantRows;
  let before: Rows;
  let anyone: Caller;

  beforeAll(async () => {
    document = await ApiDocument.load(apiUrl);
    cast = await Cast.open(ownAddress(1));
    anyone = cast.caller.as(null);
    rows = await TenantRows.connect(environment['MONGODB_URI'] ?? '');
    before = await rows.settled([cast.tenantId]);
  });

  afterAll(async () => {
    cast.close();
    anyone.close();
    await rows.close();
  });

  afterEach(async () => expect(await rows.settled([cast.tenantId])).toEqual(before));

  const call = (caller: Caller, route: Route, more: Call = {}): Promise<Answer> =>
    caller.send(route.method, filled(route, nobodysId), {
      ...(route.method === 'GET' ? {} : { json: {} }),
      ...more,
    });

  /** The routes that did not answer 401. */
  async function open(caller: Caller, more: Call = {}): Promise<string[]> {
    const answers = await forEach(document.guarded, async (route) => ({
      route,
      answer: await call(caller, route, more),
    }));
    return answers
      .filter(({ answer }) => answer.status !== 401 || problemCode(answer) !== 'unauthorized')
      .map(({ route, answer }) => `${route.name}: ${answer.status} ${answer.text}`);
  }

  it('are known of every route: those without are exactly the named ones', () => {
    const unsecured = document.routes.filter(({ isSecured }) => !isSecured).map(({ name }) => name);
    expect(unsecured.sort()).toEqual([...publicRoutes, ...keyedRoutes].sort());
    expect(document.guarded.filter(({ permission }) => permission === null)).toEqual([]);
  });

  it('are asked for by every route but the public ones', async () => {
    expect(document.guarded.length).toBeGreaterThan(90);
    expect(await open(anyone)).toEqual([]);
  });

  it.each([
    ['an empty bearer', 'Bearer '],
    ['another scheme', `Basic ${Buffer.from('admin:admin').toString('base64')}`],
    ['no scheme', 'eyJhbGciOiJFUzI1NiJ9'],
  ])('refuse %s', async (_, authorization) => {
    expect(await open(anyone, { headers: { authorization } })).toEqual([]);
  });

  it('refuse every forged token on every route', async () => {
    const forged = forgedTokens(cast.adminToken, environment['KEYS_FOLDER'] ?? '');
    const opened: string[] = [];
    for (const [what, token] of Object.entries(forged)) {
      const caller = anyone.as(token);
      opened.push(...(await open(caller)).map((route) => `${what}: ${route}`));
      caller.close();
    }
    expect(opened).toEqual([]);
  });

  it("refuse the installation's key on the routes of tenants", async () => {
    const operator = anyone.as(environment['OPERATOR_KEY'] ?? '');
    expect(await open(operator)).toEqual([]);
    operator.close();
  });

  it("keep an admin's token, and no token, from what the installation's key or a signature opens", async () => {
    for (const name of keyedRoutes) {
      const route = document.routes.find((each) => each.name === name);
      if (!route) throw new Error(`${name} is not documented`);
      expect([name, (await call(cast.caller, route)).status]).toEqual([name, 401]);
      expect([name, (await call(anyone, route)).status]).toEqual([name, 401]);
    }
  });
});
