import { Injectable } from '@nestjs/common';
import { addDuration, type Instant, localDateOf } from '@tollkeeper/calendar';
import { type MailedLink, mailedLinkOf } from '@tollkeeper/contracts';
import {
  AuditLog,
  BusinessClock,
  conflict,
  newId,
  notFound,
  openToken,
  type Principal,
  Problem,
  ServiceDatabase,
  Settings,
} from '@tollkeeper/platform';
import { AttemptRepository } from '../attempts/attempt.repository';
import type { AttemptRow } from '../attempts/attempt.schema';
import { billedAccount } from '../billed-account';
import { CollectionRepository } from '../dunning/collection.repository';
import { splitDebt, upTo } from '../dunning/split-debt';
import { availableMinor } from '../domain/attempts/reservations';
import { PayableRepository } from '../payables/payable.repository';
import type { PayableRow } from '../payables/payable.schema';
import { ProfileRepository } from '../payers/profile.repository';
import { isSecretOf, linkToken, newSecret, readLinkToken, secretHash } from './link-token';
import { LinkWithdrawalRepository } from './link-withdrawal.repository';
import { PayLinkRepository } from './pay-link.repository';
import type { PayLinkRow } from './pay-link.schema';

interface WantedLink {
  accountId: string;
  invoiceId: string | null;
  amountMinor: number | null;
  currency: string | null;
  expiresInDays: number;
  reason: string;
}

export interface ShownLink {
  tenantId: string;
  link: PayLinkRow;
  payables: PayableRow[];
  /** What a charge would take now. */
  amountMinor: number;
  isExpired: boolean;
  actionUrl: string | null;
  /** Otherwise, or by it: nothing that it could pay is owed any more. */
  isPaid: boolean;
}

const undecided = ['created', 'pending', 'unknown'];

/** Links by which somebody pays for an account without signing in: made by people, good once, until their day. */
@Injectable()
export class PayLinkService {
  constructor(
    private readonly database: ServiceDatabase,
    private readonly audit: AuditLog,
    private readonly clock: BusinessClock,
    private readonly links: PayLinkRepository,
    private readonly payables: PayableRepository,
    private readonly attempts: AttemptRepository,
    private readonly profiles: ProfileRepository,
    private readonly collections: CollectionRepository,
    private readonly settings: Settings,
    private readonly withdrawals: LinkWithdrawalRepository,
  ) {}

  /** The token is told once: it cannot be read again. */
  async create(principal: Principal, wanted: WantedLink): Promise<{ link: PayLinkRow; token: string }> {
    const { tenantId } = principal;
    const { accountId, invoiceId, amountMinor } = wanted;
    const account = await billedAccount(this.profiles, tenantId, accountId, wanted.currency);
    if (invoiceId !== null) {
      const payable = await this.payables.one(tenantId, invoiceId);
      if (payable?.accountId !== accountId) throw notFound('invoice', invoiceId);
    }
    const at = await this.clock.now(tenantId);
    const secret = newSecret();
    const link: PayLinkRow = {
      ...{ _id: newId('pln'), secretHash: secretHash(secret), accountId, invoiceId, amountMinor },
      ...{ currency: account.currency, state: 'open', requestId: null, createdAt: at, by: principal.name },
      expiresAt: addDuration(at, { days: wanted.expiresInDays }),
    };
    await this.database.transaction(async () => {
      await this.links.insert(tenantId, link);
      const { secretHash: _secret, ...after } = link;
      const entry = { at, what: 'createPayLink', entity: link._id, after, reason: wanted.reason };
      await this.audit.record(principal, entry);
    });
    return { link, token: linkToken({ tenantId, linkId: link._id, secret }) };
  }

  async revoke(principal: Principal, linkId: string, reason: string): Promise<PayLinkRow> {
    const { tenantId } = principal;
    const found = await this.links.one(tenantId, linkId);
    if (!found) throw notFound('pay link', linkId);
    const at = await this.clock.now(tenantId);
    return this.database.transaction(async () => {
      const link = await this.brought(tenantId, found);
      if (link.state === 'revoked') return link;
      const revoked = link.state === 'open' ? await this.links.move(tenantId, link, 'revoked') : null;
      if (!revoked) throw conflict('payLinkUsed', `Pay link ${linkId} is ${link.state}.`);
      const change = { before: { state: link.state }, after: { state: 'revoked' }, reason };
      await this.audit.record(principal, { at, what: 'revokePayLink', entity: linkId, ...change });
      return revoked;
    });
  }

  /** Every wrong token is answered in the same way, whatever is wrong with it. */
  async read(token: string): Promise<{ tenantId: string; link: PayLinkRow }> {
    const sealed = openToken(this.settings.values.PAY_LINK_KEYS, 'payLink', token);
    if (sealed) return this.readMailed(mailedLinkOf(sealed));
    const told = readLinkToken(token);
    const link = told && (await this.links.one(told.tenantId, told.linkId));
    if (!told || !link || !isSecretOf(link.secretHash, told.secret)) throw invalidLink();
    return { tenantId: told.tenantId, link: await this.brought(told.tenantId, link) };
  }

  async show(token: string): Promise<ShownLink> {
    const { tenantId, link } = await this.read(token);
    const at = await this.clock.now(tenantId);
    const payables = await this.payablesOf(tenantId, link);
    const attempts =
      link.requestId === null ? [] : await this.attempts.byReason(tenantId, link.accountId, link.requestId);
    return {
      ...{ tenantId, link, payables, amountMinor: chargedBy(link, payables), isExpired: isExpired(link, at) },
      actionUrl: attempts.find(awaitsHolder)?.actionUrl ?? null,
      isPaid: await this.isPaid(tenantId, link),
    };
  }

  async isPaid(tenantId: string, { accountId, invoiceId }: PayLinkRow): Promise<boolean> {
    if (invoiceId === null) return (await this.payables.openOf(tenantId, [accountId])).length === 0;
    const debt = await this.payables.one(tenantId, invoiceId);
    return debt !== null && debt.openMinor === 0 && debt.writtenOffAt === null;
  }

  /** As it would have been kept; it is once somebody pays by it. */
  private async readMailed(mailed: MailedLink | null): Promise<{ tenantId: string; link: PayLinkRow }> {
    const { tenantId = '', linkId = '', accountId = '' } = mailed ?? {};
    const kept = mailed && (await this.links.one(tenantId, linkId));
    if (kept) return { tenantId, link: await this.brought(tenantId, kept) };
    const account = mailed && (await this.profiles.account(tenantId, accountId));
    if (!mailed || !account) throw invalidLink();
    const link = rowOf(mailed, account.currency);
    const isWithdrawn = await this.withdrawals.covers(tenantId, link);
    return { tenantId, link: isWithdrawn ? { ...link, state: 'revoked' } : link };
  }

  async payablesOf(tenantId: string, { accountId, invoiceId, caseId }: PayLinkRow): Promise<PayableRow[]> {
    if (caseId !== undefined) return this.overdueOf(tenantId, accountId, caseId);
    const open = await this.payables.openOf(tenantId, [accountId]);
    return invoiceId === null ? open : open.filter(({ _id }) => _id === invoiceId);
  }

  /** What a reminder asks for: nobody pays by mistake what they dispute, or what is not due yet. */
  private async overdueOf(tenantId: string, accountId: string, caseId: string): Promise<PayableRow[]> {
    const account = await this.profiles.account(tenantId, accountId);
    const on = localDateOf(await this.clock.now(tenantId), account?.zone ?? 'UTC');
    const overdue = await this.payables.overdueOf(tenantId, [accountId], on);
    // Its case may have ended since, and what is disputed now lies with the one that is open.
    const [open] = await this.collections.openOf(tenantId, [accountId]);
    const { disputes = [] } = open ?? (await this.collections.one(tenantId, caseId)) ?? {};
    return splitDebt(overdue, disputes, []).flatMap(
      ({ payable, chasedMinor }) => upTo(payable, chasedMinor) ?? [],
    );
  }

  /** A charge that was decided meanwhile, by a webhook or by asking, ends `paying`. */
  async brought(tenantId: string, link: PayLinkRow): Promise<PayLinkRow> {
    if (link.state !== 'paying' || link.requestId === null) return link;
    const attempts = await this.attempts.byReason(tenantId, link.accountId, link.requestId);
    const last = attempts.filter(({ followedBy }) => !followedBy);
    if (last.length === 0 || last.some(({ state }) => undecided.includes(state))) return link;
    const isPaid = last.some(({ state }) => state === 'succeeded');
    return (
      (isPaid ? await this.links.move(tenantId, link, 'used') : await this.letGo(tenantId, link)) ?? link
    );
  }

  /** Its charge took nothing: it may be paid by again, unless it was withdrawn meanwhile. */
  async letGo(tenantId: string, link: PayLinkRow): Promise<PayLinkRow | null> {
    const isWithdrawn = await this.withdrawals.covers(tenantId, link);
    return this.links.move(tenantId, link, isWithdrawn ? 'revoked' : 'open');
  }
}

const rowOf = ({ linkId, accountId, pays, issuedAt, days }: MailedLink, currency: string): PayLinkRow => ({
  ...{
    _id: linkId,
    secretHash: null,
    accountId,
    currency,
    amountMinor: null,
    state: 'open',
    requestId: null,
  },
  ...('caseId' in pays ? { invoiceId: null, caseId: pays.caseId } : { invoiceId: pays.invoiceId }),
  ...{ createdAt: issuedAt, expiresAt: addDuration(issuedAt, { days }), by: 'mail' },
});

/** Confirmed now it would be paid; what is being cancelled is nobody's to confirm. */
const awaitsHolder = ({ state, actionUrl, cancelsSince }: AttemptRow): boolean =>
  actionUrl !== null && state !== 'cancelled' && cancelsSince === undefined;

const invalidLink = (): Problem =>
  new Problem({
    ...{ code: 'payLinkInvalid', status: 401, title: 'Not a valid link' },
    ...{ detail: 'This link is not valid.', hint: 'Ask for a new one.' },
  });

export const isExpired = ({ expiresAt }: PayLinkRow, at: Instant): boolean => expiresAt <= at;

export function chargedBy({ amountMinor }: PayLinkRow, payables: readonly PayableRow[]): number {
  const open = payables.reduce((sum, payable) => sum + availableMinor(payable), 0);
  return amountMinor === null ? open : Math.min(amountMinor, open);
}
