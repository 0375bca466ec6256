import { Injectable } from '@nestjs/common';
import type { AccountProfile, FactBatch, ReceivePublicationInput } from '@tollkeeper/contracts';
import { ServiceDatabase } from '@tollkeeper/platform';
import { BalanceNews } from '../ledger/balance-news.service';
import { BooksService } from '../books/books.service';
import { RevenueScheduleService } from '../books/revenue-schedule.service';
import { TaxPlaceService } from '../taxes/tax-place.service';
import { CopyRepository } from './copy.repository';
import type { AccountCopyRow } from './copy.schema';

/** Facts that other services own and bills are made from. */
@Injectable()
export class CopyService {
  constructor(
    private readonly db: ServiceDatabase,
    private readonly balances: BalanceNews,
    private readonly copies: CopyRepository,
    private readonly books: BooksService,
    private readonly schedules: RevenueScheduleService,
    private readonly places: TaxPlaceService,
  ) {}

  async receiveTenants({ tenantId, at, facts }: FactBatch<'tenantChanged'>): Promise<void> {
    for (const profile of facts) await this.copies.putTenant(tenantId, profile);
    await this.books.start(tenantId, at);
  }

  async receiveAccounts({ tenantId, at, facts }: FactBatch<'accountChanged'>): Promise<void> {
    const newest = new Map<string, AccountProfile>();
    for (const profile of facts) {
      const known = newest.get(profile.accountId);
      if (!known || known.revision < profile.revision) newest.set(profile.accountId, profile);
    }
    const withTerms = [...newest.values()].flatMap(({ accountId, creditTerms }) =>
      creditTerms ? [accountId] : [],
    );
    const before = withTerms.length > 0 ? await this.copies.withCreditTerms(tenantId, withTerms) : new Set();
    const fresh = withTerms.filter((accountId) => !before.has(accountId));
    const tell = () => this.db.transaction(() => this.balances.tell(tenantId, at, fresh));
    // Before, so that a crash leaves nobody untold; after, for what was posted in between.
    if (fresh.length > 0) await tell();
    await this.copies.putAccounts(
      tenantId,
      [...newest.values()].map((profile) => accountCopy(tenantId, profile)),
    );
    if (fresh.length > 0) await tell();
    await this.places.accountsArrived(tenantId, [...newest.values()], at);
    await this.schedules.endTerminated(tenantId, at, [...newest.values()]);
  }

  async withdrawVersions({ tenantId, facts }: FactBatch<'versionWithdrawn'>): Promise<void> {
    await this.copies.removeOfferings(tenantId, facts);
  }

  async receiveOverrides({ tenantId, facts }: FactBatch<'priceOverrideChanged'>): Promise<void> {
    await this.copies.keepOverrides(tenantId, facts);
  }

  async receiveDiscounts({ tenantId, facts }: FactBatch<'accountDiscountChanged'>): Promise<void> {
    await this.copies.keepDiscounts(tenantId, facts);
  }

  async receivePublication({ tenantId, publication }: ReceivePublicationInput): Promise<void> {
    if (publication.kind === 'offering') await this.copies.putOffering(tenantId, publication.offering);
  }
}

function accountCopy(tenantId: string, profile: AccountProfile): AccountCopyRow {
  const { accountId, revision, cycleId, subscriptions, flags = [] } = profile;
  const begins = subscriptions.map(({ activeFrom }) => activeFrom).sort();
  const ends = subscriptions.map(({ activeTo }) => activeTo);
  const goesOn = ends.length === 0 || ends.includes(null);
  return {
    _id: `${tenantId}/${accountId}`,
    accountId,
    revision,
    cycleId,
    activeFrom: begins[0] ?? null,
    invoicingOff: flags.filter(({ tag }) => tag === 'invoicingOff').map(({ from, to }) => ({ from, to })),
    activeTo: goesOn ? null : ([...ends].sort().at(-1) ?? null),
    profile,
  };
}
