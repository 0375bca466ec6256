import type { Findings } from './findings';
import type { GatewayBooks } from './gateway-books';
import type { StoredObjects } from './stored-objects';
import type { TenantRows } from './tenant-rows';

/** What a check may look at: one tenant's rows at one instant, the gateway's own books, the objects, the inbox. */
export interface Ground {
  readonly tenantId: string;
  readonly rows: TenantRows;
  readonly gateway: GatewayBooks;
  readonly objects: StoredObjects;
  /** Copies in the inbox by Message-ID; null where the inbox cannot be read. */
  readonly copies: ReadonlyMap<string, number> | null;
}

export interface Invariant {
  readonly name: string;
  readonly statement: string;
  check(ground: Ground, findings: Findings): Promise<void>;
}
