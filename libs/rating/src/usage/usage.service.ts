import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import { notFound, type Principal } from '@tollkeeper/platform';
import { sentenceOf } from '@tollkeeper/tariff';
import { AccountRepository } from '../accounts/account.repository';
import type { AccountRow } from '../accounts/account.schema';
import { PublicationService } from '../publications/publication.service';
import { UsageCorrectionRepository } from '../rerating/usage-correction.repository';
import type { UsageCorrectionRow } from '../rerating/usage-correction.schema';
import { type LineSearch, UsageRepository } from './usage.repository';
import type { UsageRow } from './usage.schema';

export interface UsageQuery {
  accountId?: string;
  subscriptionId?: string;
  from?: Instant;
  to?: Instant;
  startingAfter?: string;
  limit: number;
}

export interface ExplainedUsage {
  row: UsageRow;
  corrections: UsageCorrectionRow[];
  /** `null` where nothing was priced. */
  sentence: string | null;
}

export type LineQuery = Omit<LineSearch, 'after'> & { startingAfter?: string };

/** What screens ask: a subscriber's usage with its explanation. */
@Injectable()
export class UsageService {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly usages: UsageRepository,
    private readonly corrections: UsageCorrectionRepository,
    private readonly publications: PublicationService,
  ) {}

  async search(principal: Principal, query: UsageQuery): Promise<UsageRow[]> {
    const { tenantId } = principal;
    const account = await this.visibleAccount(principal, query);
    const subscriptionIds = query.subscriptionId
      ? [query.subscriptionId]
      : account.subscriptions.map(({ subscriptionId }) => subscriptionId);
    const after = query.startingAfter ? await this.usages.byRecordId(tenantId, query.startingAfter) : null;
    if (query.startingAfter && !after) throw notFound('usage record', query.startingAfter);
    const { from, to, limit } = query;
    return this.usages.search(tenantId, {
      accountId: account.accountId,
      subscriptionIds,
      from,
      to,
      after,
      limit,
    });
  }

  /** A record and every rating that it had; a subscriber sees the own ones only. */
  async explain(principal: Principal, recordId: string): Promise<ExplainedUsage> {
    const { tenantId } = principal;
    const row = await this.usages.byRecordId(tenantId, recordId);
    if (!row || (principal.kind === 'subscriber' && !row.subscriptionId))
      throw notFound('usage record', recordId);
    if (row.subscriptionId && principal.kind === 'subscriber') {
      await this.visibleAccount(principal, { subscriptionId: row.subscriptionId });
    }
    const corrections = await this.corrections.ofRecord(tenantId, recordId);
    return { row, corrections, sentence: await this.sentenceOf(tenantId, row) };
  }

  private async sentenceOf(tenantId: string, row: UsageRow): Promise<string | null> {
    const { explanation, offeringId, amountMicro, billedQuantity } = row;
    if (!explanation || offeringId === null || amountMicro === null || billedQuantity === null) return null;
    const { offerings } = await this.publications.catalog(tenantId);
    const [version] = offerings.get(offeringId) ?? [];
    const { usageType, quantity } = row;
    const priced = { usageType, quantity, billedQuantity, amountMicro, explanation };
    return version ? sentenceOf({ ...priced, currency: version.currency }) : null;
  }

  /** The records that a bill's line sums up. */
  async ofLine(principal: Principal, { startingAfter, ...line }: LineQuery): Promise<UsageRow[]> {
    const { tenantId } = principal;
    await this.visibleAccount(principal, { subscriptionId: line.subscriptionId });
    const after = startingAfter ? await this.usages.byRecordId(tenantId, startingAfter) : null;
    if (startingAfter && !after) throw notFound('usage record', startingAfter);
    return this.usages.ofLine(tenantId, { ...line, after });
  }

  /** The account asked for, or of the subscription asked for; to a subscriber any other account is not there. */
  async visibleAccount(
    principal: Principal,
    { accountId, subscriptionId }: { accountId?: string; subscriptionId?: string },
  ): Promise<AccountRow> {
    const { tenantId } = principal;
    const wanted = accountId ?? (subscriptionId ? undefined : (principal.accountId ?? undefined));
    const account = wanted
      ? ((await this.accounts.byIds(tenantId, [wanted]))[0] ?? null)
      : await this.accounts.ofSubscription(tenantId, subscriptionId ?? '');
    const wantedOne = account?.subscriptions.find((each) => each.subscriptionId === subscriptionId);
    const isVisible =
      principal.kind !== 'subscriber' ||
      account?.accountId === principal.accountId ||
      // Whoever holds it sees its usage, also when somebody else pays.
      (wantedOne !== undefined && wantedOne.slice?.holderAccountId === principal.accountId);
    const holds = !subscriptionId || wantedOne !== undefined;
    if (account && isVisible && holds) return account;
    throw subscriptionId ? notFound('subscription', subscriptionId) : notFound('account', wanted ?? '');
  }
}
