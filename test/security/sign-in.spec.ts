import { runningStack } from '../setup/running-stack';
import { type Answer, Caller, forEach, ownAddress, problemCode } from './caller';
import { Cast } from './cast';

interface Tokens {
  accessToken: string;
  refreshToken: string;
  mustChangePassword?: boolean;
}

const tokensOf = ({ text }: Answer): Tokens => JSON.parse(text) as Tokens;
const freeFailures = 10;

jest.setTimeout(60_000);

describe('signing in', () => {
  const { apiUrl, environment } = runningStack();
  const anyone = new Caller(apiUrl, null, ownAddress(4));
  let cast: Cast;

  beforeAll(async () => {
    cast = await Cast.open(ownAddress(4));
  });
  afterAll(() => {
    cast.close();
    anyone.close();
  });

  const login = (email: string, password: string, caller = anyone) =>
    caller.send('POST', '/v1/identity/login', { json: { tenantId: cast.tenantId, email, password } });
  const refresh = (refreshToken: string) =>
    anyone.send('POST', '/v1/identity/refresh', { json: { refreshToken } });
  const user = async (name: string) => {
    const email = `${name}@staff.example`;
    const made = await cast.caller.post<{ userId: string; oneTimePassword: string }>('/v1/identity/users', {
      email,
      name,
      roles: ['care'],
    });
    return { email, password: made.oneTimePassword, userId: made.userId };
  };

  it('unknown user, wrong password, disabled user and another tenant look the same', async () => {
    const { email, password, userId } = await user('disabled');
    await cast.caller.post(`/v1/identity/users/${userId}/disable`, { reason: 'left the firm' });
    const known = await user('known');
    const answers = [
      await login('nobody@staff.example', 'wrong-password-1'),
      await login(known.email, 'wrong-password-1'),
      await login(email, password),
      await anyone.send('POST', '/v1/identity/login', {
        json: { tenantId: 'sbx_other', email: known.email, password: known.password },
      }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401]);
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(problemCode(answers[0] as Answer)).toBe('signInRefused');
  });

  it('pauses after 10 failures, for the right password too, with Retry-After; unknown users as well', async () => {
    const { email, password } = await user('guessed');
    for (const tried of [email, 'unknown@staff.example']) {
      for (let failure = 1; failure <= freeFailures; failure++)
        expect((await login(tried, `guess-number-${failure}`)).status).toBe(401);
      const paused = await login(tried, password);
      expect([paused.status, problemCode(paused)]).toEqual([429, 'loginsPaused']);
      expect(Number(paused.headers['retry-after'])).toBeGreaterThan(30);
    }
  });

  it('pauses the guesser and not the victim: from elsewhere the right password is good', async () => {
    const address = ownAddress(5);
    if (address === undefined) return;
    const { email, password } = await user('victim');
    for (let failure = 0; failure < freeFailures; failure++) await login(email, 'wrong-password-1');
    const elsewhere = new Caller(apiUrl, null, address);
    expect((await login(email, password)).status).toBe(429);
    expect((await login(email, password, elsewhere)).status).toBe(200);
    elsewhere.close();
  });

  it('counts guesses made at once', async () => {
    const { email } = await user('raced');
    const guesses = Array.from({ length: 30 }, (_, index) => `guess-number-${index}`);
    const answers = await forEach(guesses, (guess) => login(email, guess));
    expect(answers.filter(({ status }) => status === 401).length).toBeLessThanOrEqual(freeFailures);
    expect(answers.every(({ status }) => status === 401 || status === 429)).toBe(true);
  });

  it('is not fooled by X-Forwarded-For', async () => {
    const { email } = await user('forwarded');
    const answers: number[] = [];
    for (let guess = 0; guess <= freeFailures; guess++) {
      const headers = { 'x-forwarded-for': `10.0.0.${guess}`, 'x-real-ip': `10.0.0.${guess}` };
      const json = { tenantId: cast.tenantId, email, password: 'wrong-password-1' };
      answers.push((await anyone.send('POST', '/v1/identity/login', { json, headers })).status);
    }
    expect(answers.at(-1)).toBe(429);
  });

  it('a refresh token is good once; shown again, by whomever, it ends the whole sign-in', async () => {
    const { email, password } = await user('refreshing');
    const first = tokensOf(await login(email, password));
    const second = tokensOf(await refresh(first.refreshToken));
    expect(second.refreshToken).not.toBe(first.refreshToken);
    expect((await anyone.as(second.accessToken).send('GET', '/v1/identity/me')).status).toBe(200);
    const reused = await refresh(first.refreshToken);
    expect([reused.status, problemCode(reused)]).toEqual([401, 'signInRefused']);
    expect((await refresh(second.refreshToken)).status).toBe(401);
  });

  it('of two refreshes at once at most one is answered, and no sign-in goes on beside another', async () => {
    const { email, password } = await user('twice');
    const { refreshToken } = tokensOf(await login(email, password));
    const answers = await Promise.all([refresh(refreshToken), refresh(refreshToken)]);
    const good = answers.filter(({ status }) => status === 200);
    expect(good.length).toBeLessThanOrEqual(1);
    expect(answers.filter(({ status }) => status === 401).length).toBe(2 - good.length);
    for (const answer of good) expect((await refresh(tokensOf(answer).refreshToken)).status).toBe(401);
  });

  it('logging out ends the refresh token, and says nothing about unknown ones', async () => {
    const { email, password } = await user('leaving');
    const { refreshToken } = tokensOf(await login(email, password));
    const logout = (token: string) =>
      anyone.send('POST', '/v1/identity/logout', { json: { refreshToken: token } });
    const [known, unknown] = [await logout(refreshToken), await logout('rt_unknown')];
    expect([known.status, unknown.status]).toEqual([204, 204]);
    expect((await refresh(refreshToken)).status).toBe(401);
  });

  it('disabling a user, a new password and fewer roles reach the sign-ins that are open', async () => {
    const { email, password, userId } = await user('changing');
    const { refreshToken } = tokensOf(await login(email, password));
    await cast.caller.send('PUT', `/v1/identity/users/${userId}/roles`, {
      json: { roles: ['auditor'], reason: 'another desk' },
    });
    const next = tokensOf(await refresh(refreshToken));
    const me = await anyone.as(next.accessToken).get<{ roles: string[] }>('/v1/identity/me');
    expect(me.roles).toEqual(['auditor']);
    await cast.caller.post(`/v1/identity/users/${userId}/reset-password`, { reason: 'forgotten' });
    expect((await refresh(next.refreshToken)).status).toBe(401);
    expect((await login(email, password)).status).toBe(401);
  });

  it('a refresh token is no access token, and the other way round', async () => {
    const { email, password } = await user('mixing');
    const { accessToken, refreshToken } = tokensOf(await login(email, password));
    expect((await anyone.as(refreshToken).send('GET', '/v1/identity/me')).status).toBe(401);
    expect((await refresh(accessToken)).status).toBeGreaterThanOrEqual(400);
  });

  describe('in a live tenant', () => {
    const email = 'first.admin@live.example';
    let tenantId: string;
    let oneTimePassword: string;

    beforeAll(async () => {
      const operator = anyone.as(environment['OPERATOR_KEY'] ?? '');
      const opened = await operator.post<{
        tenant: { tenantId: string };
        admin: { oneTimePassword: string };
      }>('/v1/identity/tenants', {
        name: 'Live Mobile',
        legalName: 'Live Mobile LLC',
        addressLines: ['1 Harbour Road'],
        country: 'US',
        currency: 'USD',
        zone: 'America/New_York',
        supportEmail: 'care@live.example',
        supportPhone: '+18005550143',
        admin: { email, name: 'First admin' },
      });
      tenantId = opened.tenant.tenantId;
      oneTimePassword = opened.admin.oneTimePassword;
      operator.close();
    });

    const change = (currentPassword: string, newPassword: string) =>
      anyone.send('POST', '/v1/identity/password', {
        json: { tenantId, email, currentPassword, newPassword },
      });

    it('a one-time password opens nothing but its own replacement, once', async () => {
      const shown = tokensOf(
        await anyone.send('POST', '/v1/identity/login', {
          json: { tenantId, email, password: oneTimePassword },
        }),
      );
      expect(shown).toMatchObject({ mustChangePassword: true, accessToken: null, refreshToken: null });
      for (const weak of [
        'short',
        'password-password',
        'first.admin-2026',
        'aaaaaaaaaaaaaaaa',
        oneTimePassword,
      ]) {
        const refused = await change(oneTimePassword, weak);
        expect([weak, refused.status, problemCode(refused)]).toEqual([weak, 422, 'badInput']);
      }
      const changed = await change(oneTimePassword, 'quiet-harbour-41-lanterns');
      expect(changed.status).toBe(200);
      expect(tokensOf(changed).accessToken).toEqual(expect.any(String));
      expect((await change(oneTimePassword, 'quiet-harbour-42-lanterns')).status).toBe(401);
      const again = await anyone.send('POST', '/v1/identity/login', {
        json: { tenantId, email, password: oneTimePassword },
      });
      expect(again.status).toBe(401);
    });

    it("time is nobody's to move", async () => {
      const { accessToken } = tokensOf(
        await anyone.send('POST', '/v1/identity/login', {
          json: { tenantId, email, password: 'quiet-harbour-41-lanterns' },
        }),
      );
      const moved = await anyone
        .as(accessToken)
        .send('POST', '/v1/test-clock/advance', { json: { to: '2999-01-01T00:00:00.000Z' } });
      expect([moved.status, problemCode(moved)]).toEqual([409, 'liveTenant']);
    });
  });
});
