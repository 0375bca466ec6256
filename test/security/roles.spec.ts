import { runningStack } from '../setup/running-stack';
import { ApiDocument, filled, nobodysId, type Permission, type Route } from './api-document';
import { type Caller, forEach, ownAddress, problemCode } from './caller';
import { Cast } from './cast';
import { type Rows, TenantRows } from './tenant-rows';

const staff = ['admin', 'billing', 'care', 'finance', 'auditor'] as const;

/** What subscribers may call; a route that joins them is a decision, made here as well. */
const openToSubscribers = [
  'DELETE /v1/payments/methods/{id}',
  'GET /v1/catalog/accounts/{accountId}/discounts',
  'GET /v1/customers/accounts/{accountId}',
  'GET /v1/customers/accounts/{accountId}/timeline',
  'GET /v1/customers/renewal-requests/{requestId}',
  'GET /v1/customers/subscriptions/{subscriptionId}/renewal',
  'GET /v1/identity/me',
  'GET /v1/invoicing/credit-notes',
  'GET /v1/invoicing/credit-notes/{creditNoteId}',
  'GET /v1/invoicing/credit-notes/{creditNoteId}/explanation',
  'GET /v1/invoicing/credit-notes/{creditNoteId}/pdf',
  'GET /v1/invoicing/instalment-plans',
  'GET /v1/invoicing/instalment-plans/{planId}',
  'GET /v1/invoicing/invoices',
  'GET /v1/invoicing/invoices/{invoiceId}',
  'GET /v1/invoicing/invoices/{invoiceId}/explanation',
  'GET /v1/invoicing/invoices/{invoiceId}/lines/{lineNo}/explanation',
  'GET /v1/invoicing/invoices/{invoiceId}/pdf',
  'GET /v1/invoicing/statements/{accountId}/plain',
  'GET /v1/payments/methods',
  'GET /v1/payments/pay-now/{id}',
  'GET /v1/payments/payables',
  'GET /v1/payments/payments',
  'GET /v1/payments/payments/{id}',
  'GET /v1/payments/refunds',
  'GET /v1/payments/refunds/{id}',
  'GET /v1/payments/top-up-balance',
  'GET /v1/payments/top-up-entries',
  'GET /v1/payments/top-ups/{id}',
  'GET /v1/rating/balances',
  'GET /v1/rating/line-usage',
  'GET /v1/rating/subscriptions/{subscriptionId}/buckets',
  'GET /v1/rating/usage',
  'GET /v1/rating/usage/{recordId}/explanation',
  'PATCH /v1/customers/subscriptions/{subscriptionId}/renewal',
  'POST /v1/catalog/accounts/{accountId}/redemptions',
  'POST /v1/customers/subscriptions/{subscriptionId}/renewals',
  'POST /v1/payments/methods',
  'POST /v1/payments/methods/setups',
  'POST /v1/payments/pay-now',
  'POST /v1/payments/payables/{id}/auto-pay-consent',
  'POST /v1/payments/top-ups',
  'POST /v1/payments/vouchers/redeem',
  'PUT /v1/payments/top-up-balance',
];

const onlyForAdmins = [
  'PATCH /v1/identity/tenant',
  'POST /v1/identity/api-keys',
  'POST /v1/identity/api-keys/{apiKeyId}/revoke',
  'POST /v1/identity/users',
  'POST /v1/identity/users/{userId}/disable',
  'POST /v1/identity/users/{userId}/enable',
  'POST /v1/identity/users/{userId}/reset-password',
  'POST /v1/test-clock/advance',
  'PUT /v1/identity/users/{userId}/roles',
];

/** Prices, taxes, runs, write-offs, messages to all: not the business of who answers the telephone. */
const closedToCare = [
  // A coupon is the customer's own; care types it in.
  /^(POST|PUT) \/v1\/catalog\/(?!accounts\/{accountId}\/redemptions$)/,
  /^POST \/v1\/invoicing\/runs\//,
  /^POST \/v1\/invoicing\/cycles(\/{cycleId}\/(run-now|pause|resume))?$/,
  /^PUT \/v1\/invoicing\//,
  /^POST \/v1\/invoicing\/tax-/,
  /write-off$/,
  // How an account pays, what renewals are paid from, when data abroad stops is the subscriber's wish; care notes it.
  /^PUT (?!\/v1\/payments\/(top-up-balance|payers\/{id})$|\/v1\/customers\/accounts\/{accountId}\/roaming-data-cap$)/,
  /^POST \/v1\/rating\//,
];

const isWrite = ({ method }: Route): boolean => method !== 'GET';

jest.setTimeout(60_000);

describe('who may call what', () => {
  const { apiUrl, environment } = runningStack();
  let document: ApiDocument;
  let cast: Cast;
  let rows: TenantRows;
  let before: Rows;
  const callers: Caller[] = [];

  beforeAll(async () => {
    document = await ApiDocument.load(apiUrl);
    cast = await Cast.open(ownAddress(2));
    rows = await TenantRows.connect(environment['MONGODB_URI'] ?? '');
  });

  afterAll(async () => {
    callers.forEach((caller) => caller.close());
    cast.close();
    await rows.close();
  });

  /** Asks every route for something that nobody has, and answers the names of those that were forbidden. */
  async function forbidden(token: string): Promise<string[]> {
    before = await rows.settled([cast.tenantId]);
    const caller = cast.caller.as(token);
    callers.push(caller);
    const answers = await forEach(document.guarded, async (route) => {
      const call = isWrite(route) ? { json: { notAField: true } } : {};
      return { route, answer: await caller.send(route.method, filled(route, nobodysId), call) };
    });
    const unexpected = answers.filter(({ answer: { status } }) => status >= 500 || status === 401);
    expect(unexpected.map(({ route, answer }) => `${route.name}: ${answer.status} ${answer.text}`)).toEqual(
      [],
    );
    expect(await rows.settled([cast.tenantId])).toEqual(before);
    return answers.filter(({ answer }) => problemCode(answer) === 'forbidden').map(({ route }) => route.name);
  }

  const withheld = (isAllowed: (permission: Permission) => boolean): string[] =>
    document.guarded.filter(({ permission }) => !isAllowed(permission ?? {})).map(({ name }) => name);

  it.each(staff)('%s: what the documentation says and nothing more', async (role) => {
    const allowed = ({ roles = [] }: Permission) =>
      role === 'admin' ? roles.length > 0 : roles.includes(role);
    expect(await forbidden(await cast.staff(role))).toEqual(withheld(allowed));
  });

  it('auditors write nothing, anywhere', () => {
    const writes = document.guarded.filter(
      (route) => isWrite(route) && route.permission?.roles?.includes('auditor'),
    );
    expect(writes.map(({ name }) => name)).toEqual([]);
  });

  it('care approves, writes off, prices and configures nothing', () => {
    const names = document.guarded
      .filter(({ permission }) => permission?.roles?.includes('care'))
      .map(({ name }) => name);
    expect(names.filter((name) => closedToCare.some((pattern) => pattern.test(name)))).toEqual([]);
  });

  it('what only admins may do is exactly this', () => {
    const names = document.guarded
      .filter((route) => isWrite(route) && String(route.permission?.roles) === 'admin')
      .map(({ name }) => name);
    expect(names.sort()).toEqual(onlyForAdmins);
  });

  it('subscribers: the portal, and no route of the staff', async () => {
    const names = document.guarded.filter(({ permission }) => permission?.subscriber).map(({ name }) => name);
    expect(names.sort()).toEqual(openToSubscribers);
    expect(await forbidden(await cast.subscriber('acc_nobody'))).toEqual(
      withheld(({ subscriber = false }) => subscriber),
    );
  });

  it.each([['catalog:read'], ['rating:write'], ['payments:write'], ['clock:read']])(
    'integrators with %s: that scope and no other',
    async (scope) => {
      const held = [scope, scope.replace(':write', ':read')];
      const allowed = (permission: Permission) =>
        permission.scope !== undefined && held.includes(permission.scope);
      expect(await forbidden(await cast.integration([scope]))).toEqual(withheld(allowed));
    },
  );

  it('a scope to read allows no write', () => {
    const writes = document.guarded.filter(
      (route) => isWrite(route) && route.permission?.scope?.endsWith(':read'),
    );
    expect(writes.map(({ name }) => name).sort()).toEqual([
      'POST /v1/invoicing/instalment-plans/preview',
      'POST /v1/invoicing/instalment-plans/{planId}/acceleration/preview',
      'POST /v1/invoicing/instalment-plans/{planId}/credit/preview',
      'POST /v1/invoicing/instalment-plans/{planId}/pay-off/preview',
      'POST /v1/invoicing/invoices/{invoiceId}/credit-notes/preview',
      'POST /v1/invoicing/invoices/{invoiceId}/reissue/preview',
      'POST /v1/invoicing/plan-changes/preview',
      'POST /v1/notifications/templates/{name}/preview',
    ]);
  });

  it('a revoked API key opens nothing, and says no more than a wrong one', async () => {
    const { apiKeyId, apiKey } = await cast.apiKey(['rating:read']);
    const exchange = (shown: string) =>
      cast.caller.send('POST', '/v1/identity/token', { json: { apiKey: shown } });
    expect((await exchange(apiKey)).status).toBe(200);
    await cast.caller.post(`/v1/identity/api-keys/${apiKeyId}/revoke`, { reason: 'it leaked' });
    const revoked = await exchange(apiKey);
    const wrong = await exchange(`${apiKey.slice(0, -1)}${apiKey.endsWith('A') ? 'B' : 'A'}`);
    expect([revoked.status, problemCode(revoked)]).toEqual([401, 'signInRefused']);
    expect(wrong.text).toBe(revoked.text);
  });
});
