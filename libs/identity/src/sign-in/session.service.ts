import { Injectable } from '@nestjs/common';
import { newId, type Principal, ServiceDatabase, TokenSigner } from '@tollkeeper/platform';
import { decideRotation } from '../domain/token-rotation';
import { RefreshTokenRepository, type StoredRefreshToken } from './refresh-token.repository';
import type { SessionKind } from './refresh-token.schema';
import { hashOf, newSecret } from './secrets';

const accessLifeSeconds = 15 * 60;
const refreshLifeMs = 30 * 24 * 3600 * 1000;

export interface Session {
  accessToken: string;
  refreshToken: string;
  /** Life of the access token. */
  expiresInSeconds: number;
}

/** Access tokens and the refresh tokens behind them. Their life is real time, under a test clock too. */
@Injectable()
export class Sessions {
  constructor(
    private readonly database: ServiceDatabase,
    private readonly tokens: RefreshTokenRepository,
    private readonly signer: TokenSigner,
  ) {}

  async open(principal: Principal & { kind: SessionKind }, familyId = newId('fam')): Promise<Session> {
    const refreshToken = `rt_${newSecret()}`;
    await this.tokens.insert(principal.tenantId, {
      _id: hashOf(refreshToken),
      kind: principal.kind,
      subject: principal.subject,
      familyId,
      expiresAt: new Date(Date.now() + refreshLifeMs),
      used: false,
      revoked: false,
    });
    return { ...this.access(principal), refreshToken };
  }

  access(principal: Principal): { accessToken: string; expiresInSeconds: number } {
    return {
      accessToken: this.signer.sign(principal, accessLifeSeconds),
      expiresInSeconds: accessLifeSeconds,
    };
  }

  /** `null` when the token is no good; the next one otherwise. `whoIs` says who the subject is today, if still anyone. */
  async rotate(
    refreshToken: string,
    whoIs: (token: StoredRefreshToken) => Promise<(Principal & { kind: SessionKind }) | null>,
  ): Promise<Session | null> {
    const hash = hashOf(refreshToken);
    return this.database.transaction(async () => {
      const token = await this.tokens.find(hash);
      const decision = decideRotation(
        token && { ...token, expiresAtMs: token.expiresAt.getTime() },
        Date.now(),
      );
      if (!token || decision === 'refuse') return null;
      if (decision === 'reuse' || !(await this.tokens.markUsed(token.tenantId, hash))) {
        await this.tokens.revokeFamily(token.tenantId, token.familyId);
        return null;
      }
      const principal = await whoIs(token);
      return principal && this.open(principal, token.familyId);
    });
  }

  /** Ends the sign-in that the token belongs to; an unknown token is nobody's and ends nothing. */
  async close(refreshToken: string): Promise<void> {
    const token = await this.tokens.find(hashOf(refreshToken));
    if (token) await this.tokens.revokeFamily(token.tenantId, token.familyId);
  }

  async closeAllOf(tenantId: string, subject: string): Promise<void> {
    await this.tokens.revokeSubject(tenantId, subject);
  }
}
