import type { Instant } from '@tollkeeper/calendar';
import { defineCollection, type Principal, rowSchema, type Scope } from '@tollkeeper/platform';

export interface ApiKeyRow {
  /** The public half; the key itself is `tk_<id part>.<secret>`. */
  _id: string;
  name: string;
  secretHash: string;
  scopes: Scope[];
  createdAt: Instant;
  createdBy: string;
  revokedAt: Instant | null;
  /** Real time of the last exchange for a token. */
  lastUsedAt: Instant | null;
}

export const ApiKeys = defineCollection<ApiKeyRow>(
  'apiKeys',
  rowSchema({
    _id: { type: String, required: true },
    name: { type: String, required: true },
    secretHash: { type: String, required: true },
    scopes: { type: [String], required: true },
    createdAt: { type: String, required: true },
    createdBy: { type: String, required: true },
    revokedAt: String,
    lastUsedAt: String,
  }),
  [{ keys: { _id: 1 } }],
);

export const integrationPrincipal = (tenantId: string, { _id, name, scopes }: ApiKeyRow): Principal => ({
  kind: 'integration',
  tenantId,
  subject: _id,
  name,
  roles: [],
  scopes,
  accountId: null,
});

export const apiKeyView = ({
  _id,
  name,
  scopes,
  createdAt,
  createdBy,
  revokedAt,
  lastUsedAt,
}: ApiKeyRow) => ({
  apiKeyId: _id,
  name,
  scopes,
  createdAt,
  createdBy,
  revokedAt,
  lastUsedAt,
});

export type ApiKeyView = ReturnType<typeof apiKeyView>;
