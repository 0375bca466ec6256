import { runningStack } from '../setup/running-stack';
import { ApiDocument, type Route, type Schema } from './api-document';
import { type BilledTenant, billedTenant } from './billed-tenant';
import { type Answer, type Caller, forEach, ownAddress } from './caller';
import { Cast } from './cast';
import { laterCatalog } from './later-catalog';
import { laterLife } from './later-life';
import { laterRating } from './later-rating';
import { RealIds, type Row } from './real-ids';
import { sampleOf } from './sample-body';
import { TenantRows } from './tenant-rows';

/** Named by whoever makes them, alike in all tenants: the stranger gets its own. */
const ownNames = [
  '/v1/notifications/templates/{name}',
  '/v1/payments/bank-accounts/{id}',
  '/v1/payments/dunning-policies/{id}',
  '/v1/customers/credit-classes/{code}',
  '/v1/rating/wholesale-agreements/{partnerId}',
  // Every tenant has the same days.
  '/v1/invoicing/journal/{on}',
  // A case is handed over weeks after its bill: this tenant has none yet.
  '/v1/payments/hand-overs/{id}/file',
];

interface Account extends Row {
  accountId: string;
  subscriptions: { subscriptionId: string; paidPeriods: object[] }[];
}

const isRefusal = ({ status }: Answer): boolean => status >= 400 && status < 500;
const isEmpty = ({ status, text }: Answer): boolean =>
  status === 200 && text.startsWith('{') && (JSON.parse(text) as { data?: Row[] }).data?.length === 0;

jest.setTimeout(60_000);

describe("what is somebody else's", () => {
  const { apiUrl, environment } = runningStack();
  let document: ApiDocument;
  let rows: TenantRows;
  let owner: BilledTenant;
  let stranger: Cast;
  let ids: RealIds;
  let accounts: Account[];

  beforeAll(async () => {
    document = await ApiDocument.load(apiUrl);
    rows = await TenantRows.connect(environment['MONGODB_URI'] ?? '');
    [owner, stranger] = await Promise.all([billedTenant(ownAddress(7)), Cast.open(ownAddress(8))]);
    const { caller, api } = owner.cast;
    const { data } = await caller.get<{ data: Account[] }>('/v1/customers/accounts?limit=100');
    accounts = await forEach(data, ({ accountId }) =>
      caller.get<Account>(`/v1/customers/accounts/${accountId}`),
    );
    const indebted = await caller.get<{ data: { accountId: string }[] }>('/v1/payments/payables?open=true');
    const { data: runs } = await caller.get<{ data: { id: string; cutOffOn: string }[] }>(
      '/v1/invoicing/runs',
    );
    const accountIds = accounts.map(({ accountId }) => ({ accountId }));
    const preview = await api.post<{ id: string }>(`/v1/invoicing/cycles/${owner.story.cycleId}/preview`, {});
    const debtor = indebted.data[0]?.accountId;
    await api.post('/v1/payments/methods', {
      accountId: debtor,
      token: 'tok_ok.other',
      makeDefault: true,
      autoPay: false,
    });
    const later = await laterLife(api, accounts, debtor ?? '');
    const rated = await laterRating(api, accountIds);
    const agreed = await laterCatalog(api, debtor ?? '');
    const clock = await caller.get<{ operationId: string }>('/v1/test-clock');
    const payRequest = await api.post<Row>('/v1/payments/pay-now', { accountId: debtor });
    const methods = await Promise.all(
      accountIds.map(({ accountId }) =>
        caller.get<{ data: Row[] }>(`/v1/payments/methods?accountId=${accountId}`),
      ),
    );
    const login = {
      accountId: accountIds[0]?.accountId,
      email: 'first@subscribers.example',
      password: 'quiet-harbour-41-lanterns',
    };
    const { subscriberLoginId } = await caller.post<{ subscriberLoginId: string }>(
      '/v1/identity/subscriber-logins',
      login,
    );
    await caller.post('/v1/identity/api-keys', { name: 'theirs', scopes: ['rating:read'] });
    const subscriptions = accounts.flatMap((account) =>
      account.subscriptions.map(({ subscriptionId }) => ({ subscriptionId })),
    );
    ids = await RealIds.of(document, caller, {
      ...later,
      ...rated,
      ...agreed,
      '/v1/catalog/accounts': accountIds,
      '/v1/customers/subscriptions': subscriptions,
      '/v1/rating/subscriptions': subscriptions,
      '/v1/invoicing/runs': runs.map(({ id }) => ({ runId: id, accountId: accountIds[0]?.accountId ?? '' })),
      '/v1/invoicing/statements': accountIds,
      '/v1/invoicing/previews': [{ previewId: preview.id }],
      '/v1/payments/payers': accountIds.map(({ accountId }) => ({ id: accountId })),
      '/v1/payments/pay-now': [{ id: String(payRequest['id'] ?? payRequest['payRequestId']) }],
      '/v1/payments/methods': methods.flatMap(({ data: cards }) =>
        cards.map((card) => ({ id: String(card['id'] ?? card['methodId']) })),
      ),
      '/v1/test-clock/operations': [{ operationId: clock.operationId }],
      '/v1/identity/subscriber-logins': [{ subscriberLoginId }],
    });
  }, 120_000);

  afterAll(async () => {
    owner.cast.close();
    stranger.close();
    await rows.close();
  });

  const withIds = (): Route[] =>
    document.guarded.filter(
      ({ path, pathParameters }) =>
        pathParameters.length > 0 && !ownNames.some((own) => path.startsWith(own)),
    );

  const bodyOf = (route: Route) =>
    route.body && route.contentType === 'application/json' ? { json: sampleOf(document, route.body) } : {};

  async function unchanged(act: () => Promise<void>): Promise<void> {
    const tenants = [owner.cast.tenantId, stranger.tenantId];
    const before = await rows.settled(tenants);
    await act();
    expect(await rows.settled(tenants)).toEqual(before);
  }

  const mentions = (answer: Answer, theirs: Iterable<string>): string[] =>
    [...theirs].filter((id) => answer.text.includes(id));

  it('is real: the owner sees each of these rows', async () => {
    const calls = withIds().flatMap((route) => ids.paths(route).map((path) => ({ route, path })));
    const missing = withIds().filter((route) => ids.paths(route).length === 0);
    expect(missing.map(({ name }) => name)).toEqual([]);
    const reads = calls.filter(({ route }) => route.method === 'GET');
    const answers = await forEach(reads, async ({ path }) => ({
      path,
      answer: await owner.cast.caller.send('GET', path),
    }));
    // A plan that is invoiced has no renewal to show: 409, and the row is there.
    const isThere = (path: string, { status }: Answer) =>
      status === 200 || (status === 409 && path.endsWith('/renewal'));
    const unseen = answers.filter(({ path, answer }) => !isThere(path, answer));
    expect(
      unseen.map(({ path, answer }) => `${path}: ${answer.status} ${answer.text.slice(0, 200)}`),
    ).toEqual([]);
    expect(reads.length).toBeGreaterThan(60);
  });

  it('is not there for another tenant: every route with its ids answers 404 (or another 4xx), and nothing is written', async () => {
    await unchanged(async () => {
      const calls = withIds().flatMap((route) => ids.paths(route).map((path) => ({ route, path })));
      const answers = await forEach(calls, async ({ route, path }) => ({
        name: `${route.method} ${path}`,
        answer: await stranger.caller.send(route.method, path, bodyOf(route)),
      }));
      const seen = answers.filter(({ answer }) => !(isRefusal(answer) || isEmpty(answer)));
      expect(
        seen.map(({ name, answer }) => `${name}: ${answer.status} ${answer.text.slice(0, 200)}`),
      ).toEqual([]);
      // What is wrong with a request whoever's the row is, may be told before the row is looked for.
      const unlike = answers.filter(({ answer }) => ![404, 422].includes(answer.status) && !isEmpty(answer));
      expect(unlike.map(({ name, answer }) => `${name}: ${answer.status}`)).toEqual([]);
    });
  });

  it('is in no list of another tenant', async () => {
    const theirs = ids.all;
    expect(theirs.size).toBeGreaterThan(30);
    const lists = document.guarded.filter(
      ({ method, pathParameters }) => method === 'GET' && pathParameters.length === 0,
    );
    const answers = await forEach(lists, async (route) => ({
      route,
      answer: await stranger.caller.send('GET', route.path),
    }));
    expect(
      answers.filter(({ answer }) => mentions(answer, theirs).length > 0).map(({ route }) => route.name),
    ).toEqual([]);
  });

  it('cannot be asked for by a query', async () => {
    const account = accounts[0] as Account;
    const known: Record<string, string> = {
      accountId: account.accountId,
      subscriptionId: account.subscriptions[0]?.subscriptionId ?? '',
      cycleId: owner.story.cycleId,
      runId: String(ids.rows('/v1/invoicing/runs')[0]?.['id']),
      invoiceId: String(ids.rows('/v1/invoicing/invoices')[0]?.['id']),
      entity: account.accountId,
    };
    const calls = document.guarded
      .filter(({ method, pathParameters }) => method === 'GET' && pathParameters.length === 0)
      .flatMap((route) =>
        route.query
          .filter(({ name }) => known[name])
          .map(({ name }) => `${route.path}?${name}=${known[name]}`),
      );
    expect(calls.length).toBeGreaterThan(15);
    const answers = await forEach(calls, async (path) => ({
      path,
      answer: await stranger.caller.send('GET', path),
    }));
    expect(
      answers
        .filter(({ answer }) => !isRefusal(answer) && !isEmpty(answer))
        .map(({ path, answer }) => `${path}: ${answer.text}`),
    ).toEqual([]);
  });

  it('cannot be named in a body', async () => {
    const account = accounts[0] as Account;
    const invoice = ids.rows('/v1/invoicing/invoices')[0] as Row;
    const known: Row = {
      accountId: account.accountId,
      invoiceId: invoice['id'],
      cycleId: owner.story.cycleId,
    };
    const naming = document.guarded.filter(({ name, body, pathParameters }) => {
      const properties: Record<string, Schema> = body ? (document.resolved(body).properties ?? {}) : {};
      // Identity knows no accounts: a portal login of one that the tenant does not have sees nothing.
      return (
        pathParameters.length === 0 &&
        name !== 'POST /v1/identity/subscriber-logins' &&
        Object.keys(known).some((field) => properties[field])
      );
    });
    expect(naming.length).toBeGreaterThanOrEqual(4);
    await unchanged(async () => {
      const answers = await forEach(naming, async (route) => {
        const properties = document.resolved(route.body ?? {}).properties ?? {};
        const named = Object.fromEntries(Object.entries(known).filter(([field]) => properties[field]));
        return {
          route,
          answer: await stranger.caller.send(route.method, route.path, {
            json: { ...(sampleOf(document, route.body ?? {}) as Row), ...named },
          }),
        };
      });
      expect(
        answers
          .filter(({ answer }) => !isRefusal(answer))
          .map(({ route, answer }) => `${route.name}: ${answer.status} ${answer.text}`),
      ).toEqual([]);
    });
  });

  describe('between subscribers of one tenant', () => {
    let own: Account;
    let others: Account[];
    let portal: Caller;
    let theirs: Set<string>;

    const isTheirs = (row: Row): boolean => others.some(({ accountId }) => accountId === row['accountId']);
    const idOf = (row: Row): string => String(row['id'] ?? row['invoiceId'] ?? row['paymentId']);

    beforeAll(async () => {
      const paying = new Set(ids.rows('/v1/payments/payments').map(({ accountId }) => accountId));
      own = accounts.find(({ accountId }) => paying.has(accountId)) as Account;
      others = accounts.filter((account) => account !== own);
      portal = owner.cast.caller.as(await owner.cast.subscriber(own.accountId));
      const listed = ['/v1/invoicing/invoices', '/v1/payments/payments', '/v1/payments/payables']
        .flatMap((path) => ids.rows(path))
        .filter(isTheirs);
      theirs = new Set([
        ...others.flatMap(({ accountId, subscriptions }) => [
          accountId,
          ...subscriptions.map(({ subscriptionId }) => subscriptionId),
        ]),
        ...listed.map(idOf),
      ]);
    });
    afterAll(() => portal.close());

    it('each sees what is their own', async () => {
      const invoice = ids
        .rows('/v1/invoicing/invoices')
        .find(({ accountId }) => accountId === own.accountId) as Row;
      const paths = [
        `/v1/customers/accounts/${own.accountId}`,
        '/v1/invoicing/invoices',
        `/v1/invoicing/invoices/${idOf(invoice)}`,
        `/v1/invoicing/invoices/${idOf(invoice)}/pdf`,
        '/v1/rating/usage',
        `/v1/rating/balances?subscriptionId=${own.subscriptions[0]?.subscriptionId}`,
        '/v1/payments/methods',
        '/v1/payments/payments',
      ];
      const answers = await forEach(paths, async (path) => ({
        path,
        answer: await portal.send('GET', path),
      }));
      expect(
        answers
          .filter(({ answer }) => answer.status !== 200)
          .map(({ path, answer }) => `${path}: ${answer.text}`),
      ).toEqual([]);
    });

    it('lists show nothing of the others, with and without a filter', async () => {
      const lists = document.guarded.filter(
        ({ method, permission, pathParameters }) =>
          method === 'GET' && permission?.subscriber && pathParameters.length === 0,
      );
      const filters = others.flatMap(({ accountId, subscriptions }) => [
        `accountId=${accountId}`,
        `subscriptionId=${subscriptions[0]?.subscriptionId}`,
      ]);
      const calls = lists.flatMap(({ path }) => [path, ...filters.map((filter) => `${path}?${filter}`)]);
      const answers = await forEach(calls, async (path) => ({
        path,
        answer: await portal.send('GET', path),
      }));
      const seen = answers.filter(({ path, answer }) => {
        const asked = path.split('=')[1];
        return (
          answer.status >= 500 ||
          (answer.status === 200 &&
            mentions(
              answer,
              [...theirs].filter((id) => id !== asked),
            ).length > 0)
        );
      });
      expect(
        seen.map(({ path, answer }) => `${path}: ${answer.status} ${answer.text.slice(0, 300)}`),
      ).toEqual([]);
    });

    it("the others' invoices, PDFs, payments, cards and accounts are not there, and nothing is written", async () => {
      await unchanged(async () => {
        const open = withIds().filter(({ permission }) => permission?.subscriber);
        const cardsOf = await forEach(others, ({ accountId }) =>
          owner.cast.caller.get<{ data: Row[] }>(`/v1/payments/methods?accountId=${accountId}`),
        );
        const cards = cardsOf.flatMap(({ data }) =>
          data.map((card) => String(card['id'] ?? card['methodId'])),
        );
        expect(cards.length).toBeGreaterThan(0);
        const isOfOthers = (path: string) => [...theirs, ...cards].some((id) => path.includes(id));
        const calls = open.flatMap((route) =>
          ids
            .paths(route)
            .filter(isOfOthers)
            .map((path) => ({ route, path })),
        );
        expect(new Set(calls.map(({ route }) => route.name)).size).toBeGreaterThanOrEqual(6);
        const answers = await forEach(calls, async ({ route, path }) => ({
          name: `${route.method} ${path}`,
          answer: await portal.send(route.method, path, bodyOf(route)),
        }));
        expect(
          answers
            .filter(({ answer }) => answer.status !== 404)
            .map(({ name, answer }) => `${name}: ${answer.status} ${answer.text.slice(0, 200)}`),
        ).toEqual([]);
      });
    });

    it('nobody pays by, or stores a card for, the account of another', async () => {
      const accountId = others[0]?.accountId;
      await unchanged(async () => {
        const pay = await portal.send('POST', '/v1/payments/pay-now', { json: { accountId } });
        const card = await portal.send('POST', '/v1/payments/methods', {
          json: { accountId, token: 'tok_ok.mine' },
        });
        expect([pay.status, card.status]).toEqual([404, 404]);
      });
    });
  });
});
