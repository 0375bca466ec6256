import { runningStack } from '../setup/running-stack';
import { ApiDocument, filled, nobodysId } from './api-document';
import { Caller, forEach, ownAddress, problemCode } from './caller';

const signInsPerMinute = 120;

jest.setTimeout(60_000);

describe('the doors', () => {
  const { apiUrl } = runningStack();
  const anyone = new Caller(apiUrl, null, ownAddress(6));

  afterAll(() => anyone.close());

  it('every answer carries the headers that browsers are guarded by', async () => {
    for (const path of ['/health', '/v1/identity/me', '/nowhere', '/docs/openapi.json']) {
      const { headers } = await anyone.send('GET', path);
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'SAMEORIGIN',
        'strict-transport-security': expect.stringContaining('max-age=') as string,
        'content-security-policy': expect.stringContaining("default-src 'self'") as string,
        'referrer-policy': 'no-referrer',
      });
      expect(headers['x-powered-by']).toBeUndefined();
    }
  });

  it('keeps an idle connection longer than balancers do: none is closed under a request', async () => {
    const { headers } = await anyone.send('GET', '/health');
    const [, seconds] = /timeout=(\d+)/.exec(String(headers['keep-alive'])) ?? [];
    expect(Number(seconds)).toBeGreaterThan(60);
  });

  it('no other origin may call from a browser', async () => {
    const headers = {
      origin: 'https://evil.example',
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization',
    };
    const document = await ApiDocument.load(apiUrl);
    const answers = await forEach(document.routes, (route) =>
      anyone.send('OPTIONS', filled(route, nobodysId), { headers }),
    );
    const opened = answers.filter((answer) =>
      Object.keys(answer.headers).some((name) => name.startsWith('access-control-')),
    );
    expect(opened).toEqual([]);
    const simple = await anyone.send('GET', '/health', { headers: { origin: 'https://evil.example' } });
    expect(simple.headers['access-control-allow-origin']).toBeUndefined();
  });

  it.each([
    '/v1/nowhere',
    '/v1/identity/nowhere',
    '/.env',
    '/v1/../.env',
    '/v1/identity/me/%2e%2e',
    '/docs/../package.json',
  ])('%s leads nowhere, and says so as a problem', async (path) => {
    const answer = await anyone.send('GET', path);
    expect([answer.status, problemCode(answer)]).toEqual([404, 'notFound']);
  });

  it.each(['PUT', 'PATCH', 'DELETE', 'TRACE'])('%s where it is not documented is refused', async (method) => {
    const answer = await anyone.send(method, '/v1/identity/login', { json: {} });
    expect(answer.status).toBe(404);
  });

  it('too many sign-ins of an address are held up, with Retry-After', async () => {
    if (ownAddress(6) === undefined) return;
    const attempts = Array.from({ length: signInsPerMinute + 12 }, (_, index) => ({
      apiKey: `tk_wrong${index}`,
    }));
    const answers = await forEach(attempts, (json) => anyone.send('POST', '/v1/identity/token', { json }));
    const held = answers.filter(({ status }) => status === 429);
    expect(held.length).toBe(12);
    expect(
      held.every(
        (answer) => problemCode(answer) === 'tooManyRequests' && Number(answer.headers['retry-after']) > 0,
      ),
    ).toBe(true);
    expect(answers.filter(({ status }) => status === 401).length).toBe(signInsPerMinute);
  });
});
