import { setTimeout as pause } from 'node:timers/promises';
import { ApiClient, ApiError } from './api-client';
import { admin, clockStartsAt, operator } from './operator';

export interface OpenedTenant {
  tenantId: string;
  email: string;
  oneTimePassword: string;
}

const clockPatienceMs = 20_000;
const clockPollMs = 100;

/** Opens the sample operator as a sandbox; answers the admin's one-time password, which is shown this once. */
export async function openSampleTenant(
  apiUrl: string,
  operatorKey: string,
  other: Partial<typeof operator> = {},
): Promise<OpenedTenant> {
  const door = new ApiClient(apiUrl, null, operatorKey);
  const opened = await door.post<{ tenant: { tenantId: string }; admin: { oneTimePassword: string } }>(
    '/v1/identity/sandboxes',
    { ...operator, ...other, admin, clockStartsAt },
  );
  return {
    tenantId: opened.tenant.tenantId,
    email: admin.email,
    oneTimePassword: opened.admin.oneTimePassword,
  };
}

/** Signs in and waits until the tenant's clock answers. */
export async function signIn(
  apiUrl: string,
  { tenantId, email, oneTimePassword }: OpenedTenant,
): Promise<ApiClient> {
  const api = new ApiClient(apiUrl, { tenantId, email, password: oneTimePassword });
  const giveUpAt = Date.now() + clockPatienceMs;
  for (;;) {
    try {
      await api.get('/v1/test-clock');
      return api;
    } catch (error) {
      if (!(error instanceof ApiError) || error.status === 401 || Date.now() > giveUpAt) throw error;
      await pause(clockPollMs);
    }
  }
}

/** Tenants of an installation; none on a database that was never used. */
export async function listTenants(
  apiUrl: string,
  operatorKey: string,
): Promise<{ tenantId: string; name: string }[]> {
  const door = new ApiClient(apiUrl, null, operatorKey);
  return (await door.get<{ data: { tenantId: string; name: string }[] }>('/v1/identity/tenants')).data;
}
