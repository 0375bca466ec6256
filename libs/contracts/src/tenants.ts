import type { Instant } from '@tollkeeper/calendar';

/** `sbx_...` owns a test clock, `ten_...` lives on real time. The prefix is the only place where the kind is kept. */
export type TenantId = string;

export const isSandbox = (tenantId: TenantId): boolean => tenantId.startsWith('sbx_');

/** What every service knows of an operator; owned by identity, the higher revision wins. */
export interface TenantProfile {
  tenantId: TenantId;
  revision: number;
  name: string;
  legalName: string;
  addressLines: string[];
  country: string;
  currency: string;
  zone: string;
  supportEmail: string;
  supportPhone: string;
  openedAt: Instant;
}
