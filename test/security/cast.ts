import type { StaffRole } from '@tollkeeper/platform';
import { signIn, type OpenedTenant } from '../../tools/sample/sample-tenant';
import { ApiClient } from '../../tools/sample/api-client';
import { admin, clockStartsAt, operator } from '../../tools/sample/operator';
import { runningStack } from '../setup/running-stack';
import { Caller } from './caller';

interface Tokens {
  accessToken: string;
  refreshToken: string;
}

async function openSandbox(apiUrl: string, operatorKey: string, startsAt: string): Promise<OpenedTenant> {
  const door = new ApiClient(apiUrl, null, operatorKey);
  const { tenant, admin: user } = await door.post<{
    tenant: { tenantId: string };
    admin: { oneTimePassword: string };
  }>('/v1/identity/sandboxes', { ...operator, admin, clockStartsAt: startsAt });
  return { tenantId: tenant.tenantId, email: admin.email, oneTimePassword: user.oneTimePassword };
}

/** A sandbox tenant of the spec's own, and the people who call its API. */
export class Cast {
  private constructor(
    readonly opened: OpenedTenant,
    /** The tenant's admin, as the tools call. */
    readonly api: ApiClient,
    readonly caller: Caller,
    readonly adminToken: string,
  ) {}

  static async open(address?: string, startsAt: string = clockStartsAt): Promise<Cast> {
    const { apiUrl, environment } = runningStack();
    const opened = await openSandbox(apiUrl, environment['OPERATOR_KEY'] ?? '', startsAt);
    const api = await signIn(apiUrl, opened);
    const caller = new Caller(apiUrl, null, address);
    const { tenantId, email, oneTimePassword: password } = opened;
    const { accessToken } = await caller.post<Tokens>('/v1/identity/login', { tenantId, email, password });
    return new Cast(opened, api, caller.as(accessToken), accessToken);
  }

  get tenantId(): string {
    return this.opened.tenantId;
  }

  async staff(role: StaffRole): Promise<string> {
    const user = {
      email: `${role}@${this.tenantId.replace('_', '-')}.example`,
      name: `The ${role}`,
      roles: [role],
    };
    const { email, oneTimePassword } = await this.caller.post<{ email: string; oneTimePassword: string }>(
      '/v1/identity/users',
      user,
    );
    return (await this.login({ email, password: oneTimePassword })).accessToken;
  }

  async login(credentials: { email: string; password: string }): Promise<Tokens> {
    return this.caller.post<Tokens>('/v1/identity/login', { tenantId: this.tenantId, ...credentials });
  }

  async apiKey(scopes: string[]): Promise<{ apiKeyId: string; apiKey: string }> {
    return this.caller.post('/v1/identity/api-keys', { name: scopes.join(' '), scopes });
  }

  async integration(scopes: string[]): Promise<string> {
    const { apiKey } = await this.apiKey(scopes);
    return (await this.caller.post<Tokens>('/v1/identity/token', { apiKey })).accessToken;
  }

  async subscriber(accountId: string): Promise<string> {
    const login = {
      accountId,
      email: `${accountId.replace('_', '-')}@subscribers.example`,
      password: 'quiet-harbour-41-lanterns',
    };
    await this.caller.post('/v1/identity/subscriber-logins', login);
    const { email, password } = login;
    return (
      await this.caller.post<Tokens>('/v1/identity/subscriber/login', {
        tenantId: this.tenantId,
        email,
        password,
      })
    ).accessToken;
  }

  close(): void {
    this.caller.close();
  }
}
