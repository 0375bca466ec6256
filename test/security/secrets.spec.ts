import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { serviceNames } from '@tollkeeper/contracts';
import { MongoClient } from 'mongodb';
import os from 'node:os';
import { runningStack } from '../setup/running-stack';
import { ownAddress } from './caller';
import { Cast } from './cast';

/** A card number that passes the Luhn check, as tests of gateways use it. */
const cardNumber = '4111111111111111';

jest.setTimeout(60_000);

describe('secrets', () => {
  const { environment, dataFolder } = runningStack();
  const shown: Record<string, string> = {};
  let cast: Cast;

  /** Every kind of secret is used rightly and wrongly, so that whatever is logged of that has been logged. */
  beforeAll(async () => {
    cast = await Cast.open(ownAddress(10));
    const { caller, tenantId, opened } = cast;
    shown['one-time password'] = opened.oneTimePassword;
    shown['operator key'] = environment['OPERATOR_KEY'] ?? '';
    const { accessToken, refreshToken } = await cast.login({
      email: opened.email,
      password: opened.oneTimePassword,
    });
    const { apiKey } = await cast.apiKey(['rating:read']);
    Object.assign(shown, { 'access token': accessToken, 'refresh token': refreshToken, 'API key': apiKey });
    shown['wrong password'] = 'wrong-harbour-57-lanterns';
    shown['password of a subscriber'] = 'quiet-harbour-58-lanterns';
    const { email } = opened;
    const send = (path: string, json: object) => caller.send('POST', path, { json });
    await send('/v1/identity/login', { tenantId, email, password: shown['wrong password'] });
    await send('/v1/identity/login', { tenantId, email, password: shown['wrong password'], notAField: 1 });
    await send('/v1/identity/password', {
      tenantId,
      email,
      currentPassword: shown['wrong password'],
      newPassword: 'x',
    });
    await send('/v1/identity/subscriber-logins', {
      accountId: 'acc_1',
      email: 's@subscribers.example',
      password: shown['password of a subscriber'],
    });
    await send('/v1/identity/token', { apiKey });
    await send('/v1/identity/token', { apiKey: `${apiKey}x` });
    await send('/v1/identity/refresh', { refreshToken });
    await send('/v1/identity/refresh', { refreshToken });
    await caller.send('POST', '/v1/identity/login', { raw: `{"password":"${shown['wrong password']}",` });
    await caller.as(apiKey).send('GET', `/v1/identity/me?token=${accessToken}`);
    await send('/v1/payments/methods', { accountId: 'acc_1', token: cardNumber });
    await send('/v1/payments/payments', {
      accountId: 'acc_1',
      reference: `card ${cardNumber}`,
      amount: { minor: 1, currency: 'USD' },
      method: 'bank',
      receivedAt: '2026-01-01T05:00:00.000Z',
    });
    shown['card number'] = cardNumber;
    shown['gateway key'] = environment['SANDBOX_GATEWAY_KEY'] ?? '';
    shown['webhook secret'] = environment['SANDBOX_WEBHOOK_SECRET'] ?? '';
  });
  afterAll(() => cast.close());

  const heldBy = (text: string): string[] =>
    Object.entries(shown)
      .filter(([, secret]) => secret !== '' && text.includes(secret))
      .map(([what]) => what);

  it('are in no log', () => {
    const folder = join(dataFolder, 'logs');
    const logs = readdirSync(folder);
    expect(logs).toContain('all-in-one.log');
    expect(Object.values(shown).every((secret) => secret.length > 8)).toBe(true);
    for (const log of logs) expect([log, heldBy(readFileSync(join(folder, log), 'utf8'))]).toEqual([log, []]);
  });

  it('are in no row of any database', async () => {
    const client = await MongoClient.connect(environment['MONGODB_URI'] ?? '', { runtimeAdapters: { os } });
    for (const service of serviceNames) {
      const database = client.db(service);
      for (const { name } of await database.listCollections({}, { nameOnly: true }).toArray()) {
        const found = await database.collection(name).find({ tenantId: cast.tenantId }).toArray();
        expect([`${service}.${name}`, heldBy(JSON.stringify(found))]).toEqual([`${service}.${name}`, []]);
      }
    }
    await client.close();
  });

  it('are shown by no read: hashes and tokens stay inside', async () => {
    for (const path of [
      '/v1/identity/users',
      '/v1/identity/api-keys',
      '/v1/identity/audit-log',
      '/v1/identity/me',
      '/v1/identity/tenant',
    ]) {
      const { text } = await cast.caller.send('GET', path);
      expect([path, heldBy(text)]).toEqual([path, []]);
      expect(text).not.toMatch(/argon2|[hH]ash/);
    }
  });

  it('are kept from other users of the machine: key files are readable by the owner only', () => {
    const folder = environment['KEYS_FOLDER'] ?? '';
    const { mode } = statSync(join(folder, 'token-private.pem'));
    expect((mode & 0o077).toString(8)).toBe('0');
  });
});
