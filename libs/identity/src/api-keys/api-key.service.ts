import { Injectable } from '@nestjs/common';
import {
  AuditLog,
  BusinessClock,
  newId,
  notFound,
  type Page,
  pageOf,
  type Principal,
  type Scope,
  ServiceDatabase,
} from '@tollkeeper/platform';
import { ApiKeyRepository } from './api-key.repository';
import { apiKeyView, type ApiKeyView, integrationPrincipal } from './api-key.schema';
import { signInRefused } from '../sign-in/login.service';
import { hashOf, newSecret, sameSecret } from '../sign-in/secrets';
import { Sessions } from '../sign-in/session.service';

const shape = /^tk_([0-9a-z]{16})\.([\w-]{43})$/;
const idPrefix = 'key';

@Injectable()
export class ApiKeyService {
  constructor(
    private readonly database: ServiceDatabase,
    private readonly keys: ApiKeyRepository,
    private readonly sessions: Sessions,
    private readonly audit: AuditLog,
    private readonly clock: BusinessClock,
  ) {}

  /** The key is in this answer and nowhere else. */
  async create(
    principal: Principal,
    { name, scopes }: { name: string; scopes: Scope[] },
  ): Promise<ApiKeyView & { apiKey: string }> {
    const { tenantId, subject } = principal;
    const createdAt = await this.clock.now(tenantId);
    const [id, secret] = [newId(idPrefix), newSecret()];
    const row = {
      _id: id,
      name,
      secretHash: hashOf(secret),
      scopes,
      createdAt,
      createdBy: subject,
      revokedAt: null,
      lastUsedAt: null,
    };
    const after = apiKeyView(row);
    await this.database.transaction(async () => {
      await this.keys.insert(tenantId, row);
      await this.audit.record(principal, { at: createdAt, what: 'createApiKey', entity: id, after });
    });
    return { ...after, apiKey: `tk_${id.slice(idPrefix.length + 1)}.${secret}` };
  }

  async list(tenantId: string, page: { startingAfter?: string; limit: number }): Promise<Page<ApiKeyView>> {
    const rows = await this.keys.list(tenantId, { ...page, limit: page.limit + 1 });
    return pageOf(rows.map(apiKeyView), page.limit);
  }

  async revoke(principal: Principal, id: string, reason: string): Promise<ApiKeyView> {
    const { tenantId } = principal;
    const at = await this.clock.now(tenantId);
    return this.database.transaction(async () => {
      const revoked = await this.keys.revoke(tenantId, id, at);
      if (!revoked) throw notFound('active API key', id);
      const after = apiKeyView(revoked);
      await this.audit.record(principal, {
        at,
        what: 'revokeApiKey',
        entity: id,
        before: { ...after, revokedAt: null },
        after,
        reason,
      });
      return after;
    });
  }

  /** An access token with the key's scopes; unknown, wrong and revoked keys get the same answer. */
  async exchange(
    apiKey: string,
  ): Promise<{ accessToken: string; expiresInSeconds: number; scopes: Scope[] }> {
    const [, idPart, secret = ''] = shape.exec(apiKey) ?? [];
    const key = idPart ? await this.keys.findById(`${idPrefix}_${idPart}`) : null;
    if (!key || key.revokedAt !== null || !sameSecret(key.secretHash, hashOf(secret))) {
      throw signInRefused('The API key is not valid, or no longer.');
    }
    await this.keys.markUsed(key.tenantId, key._id, new Date().toISOString());
    return { ...this.sessions.access(integrationPrincipal(key.tenantId, key)), scopes: key.scopes };
  }
}
