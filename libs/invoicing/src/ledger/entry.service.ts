import { Injectable } from '@nestjs/common';
import { type Instant, localDateOf } from '@tollkeeper/calendar';
import type { PostingLine } from '@tollkeeper/contracts';
import {
  AuditLog,
  badInput,
  BusinessClock,
  newId,
  notFound,
  type Principal,
  ServiceDatabase,
} from '@tollkeeper/platform';
import { CopyRepository } from '../copies/copy.repository';
import type { EntryRuleName } from '../domain/ledger/entry-rules';
import { type EntryEffect, type EntryState, isRefusal, postEntry } from '../domain/ledger/post-entry';
import { draftPosting } from '../domain/ledger/posting-draft';
import type { InvoiceRow } from '../invoices/invoice.schema';
import { AllocationRepository, newAllocationId } from './allocation.repository';
import { postedAt } from './books-day';
import { PostingRepository } from './posting.repository';
import type { PostingRow } from './posting.schema';
import { type Receivables, ReceivableService } from './receivable.service';

export interface Entry {
  rule: EntryRuleName;
  accountId: string | null;
  invoiceId: string | null;
  gateway: string | null;
  amountMinor: number | null;
  currency: string | null;
  reason: string;
}

export interface PostedEntry {
  posting: PostingRow;
  invoice: InvoiceRow | null;
}

interface Place {
  accountId: string | null;
  currency: string;
  state: Receivables;
}

/** What finance posts by hand: decided by the rules of the domain, then written with all that it touches in one transaction. */
@Injectable()
export class EntryService {
  constructor(
    private readonly db: ServiceDatabase,
    private readonly receivables: ReceivableService,
    private readonly allocations: AllocationRepository,
    private readonly postings: PostingRepository,
    private readonly copies: CopyRepository,
    private readonly audit: AuditLog,
    private readonly clock: BusinessClock,
  ) {}

  async post(principal: Principal, entry: Entry): Promise<PostedEntry> {
    const { tenantId } = principal;
    const at = await this.clock.now(tenantId);
    const tenant = await this.copies.tenant(tenantId);
    const zone = tenant?.zone ?? 'UTC';
    return this.db.transaction(async () => {
      const place = await this.placeOf(tenantId, entry, tenant?.currency ?? null);
      const item = place.state.items.get(entry.invoiceId ?? '') ?? null;
      if (entry.currency !== null && entry.currency !== place.currency)
        throw badInput(
          'amount.currency',
          `It is kept in ${place.currency}.`,
          `Give the amount in ${place.currency}.`,
        );
      const owedMinor = await this.owedTo(tenantId, place);
      const outcome = postEntry(entry.rule, entry.amountMinor, {
        at,
        on: localDateOf(at, zone),
        item,
        owedMinor,
      });
      if (isRefusal(outcome)) throw badInput(outcome.field, `Not posted: ${outcome.reason}.`, outcome.hint);
      return this.write(principal, entry, place, outcome, at, zone);
    });
  }

  private async placeOf(tenantId: string, entry: Entry, tenantCurrency: string | null): Promise<Place> {
    if (entry.invoiceId !== null) {
      const state = await this.receivables.load(tenantId, [], [entry.invoiceId]);
      const item = state.items.get(entry.invoiceId);
      if (!item || (entry.accountId !== null && item.accountId !== entry.accountId))
        throw notFound('final invoice', entry.invoiceId);
      return { accountId: item.accountId, currency: item.currency, state };
    }
    const state: Receivables = { rows: new Map(), items: new Map() };
    if (entry.accountId === null)
      return { accountId: null, currency: tenantCurrency ?? entry.currency ?? '', state };
    const [account] = await this.copies.accountsByIds(tenantId, [entry.accountId]);
    if (!account) throw notFound('account', entry.accountId);
    return { accountId: entry.accountId, currency: account.profile.currency, state };
  }

  private async owedTo(tenantId: string, { accountId, currency }: Place): Promise<EntryState['owedMinor']> {
    const rows = accountId === null ? [] : await this.postings.balancesOf(tenantId, [accountId]);
    const row = rows.find((each) => each.currency === currency);
    const owed = (minor: number | undefined) => Math.max(0, -(minor ?? 0));
    return {
      credit: owed(row?.customerCreditMinor),
      deposit: owed(row?.depositMinor),
      promotional: owed(row?.promotionalMinor),
    };
  }

  private async write(
    principal: Principal,
    { rule, gateway, reason, invoiceId }: Entry,
    { accountId, currency, state }: Place,
    { amounts, item, allocation }: EntryEffect,
    at: Instant,
    zone: string,
  ): Promise<PostedEntry> {
    const { tenantId } = principal;
    const entryId = newId('ent');
    const draft = draftPosting(`${entryId}/${rule}`, rule, amounts, {
      accountId,
      invoiceId,
      currency,
      ...(gateway === null ? {} : { gateway }),
    });
    const posting = postedAt(tenantId, at, zone, reason)(draft);
    await this.postings.append(tenantId, [posting]);
    if (allocation && accountId !== null && invoiceId !== null)
      await this.allocations.insertMany(tenantId, at, [
        { allocationId: newAllocationId(), paymentId: null, accountId, invoiceId, currency, ...allocation },
      ]);
    if (item) state.items.set(item.invoiceId, item);
    const touched = new Set(item ? [item.invoiceId] : []);
    const [invoice = null] = await this.receivables.save(tenantId, at, state, touched);
    await this.audit.record(principal, {
      at,
      what: 'postEntry',
      entity: entryId,
      after: { rule, accountId, invoiceId, lines: posting.lines.map(lineText) },
      reason,
    });
    return { posting, invoice };
  }
}

const lineText = ({ account, amountMinor, currency }: PostingLine): string =>
  `${account} ${amountMinor} ${currency}`;
