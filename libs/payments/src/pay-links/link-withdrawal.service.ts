import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import { mailedLinkIdOf } from '@tollkeeper/contracts';
import {
  AuditLog,
  BusinessClock,
  conflict,
  derivedId,
  notFound,
  type Principal,
  ServiceDatabase,
} from '@tollkeeper/platform';
import { billedAccount } from '../billed-account';
import { ProfileRepository } from '../payers/profile.repository';
import { LinkWithdrawalRepository } from './link-withdrawal.repository';
import { PayLinkRepository } from './pay-link.repository';
import type { PayLinkRow } from './pay-link.schema';
import { PayLinkService } from './pay-link.service';

interface Wanted {
  accountId: string;
  of: 'message' | 'link' | 'account';
  /** The message's key or the link's id; `null`: all links of the account. */
  id: string | null;
  reason: string;
}

export interface Withdrawn {
  accountId: string;
  /** `null`: all that the account had. */
  linkId: string | null;
  withdrawnAt: Instant;
  /** Links whose payment is under way: it is not stopped, and should it take nothing they pay no more. */
  underWay: string[];
}

/**
 * Links that were given out pay no more, at once. Of a link in a mail nothing is kept: a row under the id that lies
 * sealed in its token says that it was withdrawn, before or after anybody looks at it.
 */
@Injectable()
export class LinkWithdrawal {
  constructor(
    private readonly database: ServiceDatabase,
    private readonly audit: AuditLog,
    private readonly clock: BusinessClock,
    private readonly profiles: ProfileRepository,
    private readonly links: PayLinkRepository,
    private readonly withdrawals: LinkWithdrawalRepository,
    private readonly service: PayLinkService,
  ) {}

  async withdraw(principal: Principal, { accountId, of, id, reason }: Wanted): Promise<Withdrawn> {
    const { tenantId } = principal;
    const account = await billedAccount(this.profiles, tenantId, accountId, null);
    const at = await this.clock.now(tenantId);
    const linkId =
      of === 'account'
        ? null
        : of === 'link'
          ? (id ?? '')
          : derivedId('pln', mailedLinkIdOf(tenantId, id ?? ''));
    return this.database.transaction(async () => {
      const underWay =
        linkId === null
          ? await this.all(tenantId, accountId, at)
          : await this.one(tenantId, withdrawnLink(linkId, accountId, account.currency, at, principal.name));
      const entry = { at, what: 'withdrawPayLinks', entity: linkId ?? accountId, reason };
      const after = { accountId, of, ...(of === 'message' ? { message: id } : {}), state: 'revoked' };
      await this.audit.record(principal, { ...entry, after });
      return { accountId, linkId, withdrawnAt: at, underWay };
    });
  }

  private async all(tenantId: string, accountId: string, at: Instant): Promise<string[]> {
    await this.withdrawals.withdraw(tenantId, accountId, at);
    return this.links.revokeOpen(tenantId, accountId);
  }

  private async one(tenantId: string, gone: PayLinkRow): Promise<string[]> {
    const kept = await this.links.one(tenantId, gone._id);
    if (kept && kept.accountId !== gone.accountId) throw notFound('pay link', gone._id);
    if (!kept) {
      await this.links.keep(tenantId, gone);
      return [];
    }
    const link = await this.service.brought(tenantId, kept);
    if (link.state === 'revoked') return [];
    if (link.state !== 'open' || !(await this.links.move(tenantId, link, 'revoked')))
      throw conflict('payLinkUsed', `Pay link ${link._id} is ${link.state}.`, 'A payment can be refunded.');
    return [];
  }
}

const withdrawnLink = (
  _id: string,
  accountId: string,
  currency: string,
  at: Instant,
  by: string,
): PayLinkRow => ({
  ...{ _id, secretHash: null, accountId, invoiceId: null, amountMinor: null, currency },
  ...{ state: 'revoked', requestId: null, expiresAt: at, createdAt: at, by },
});
