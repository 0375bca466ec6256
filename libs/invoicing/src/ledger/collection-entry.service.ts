import { Injectable } from '@nestjs/common';
import { type Instant, localDateOf } from '@tollkeeper/calendar';
import type { CollectionEntry } from '@tollkeeper/contracts';
import { ServiceDatabase } from '@tollkeeper/platform';
import { CopyRepository } from '../copies/copy.repository';
import { isRefusal, postEntry } from '../domain/ledger/post-entry';
import { draftPosting, type PostingDraft } from '../domain/ledger/posting-draft';
import { postedAt } from './books-day';
import { PostingRepository } from './posting.repository';
import { type Receivables, ReceivableService } from './receivable.service';

const owedMinor = { credit: 0, deposit: 0, promotional: 0 };

/** Late fees and write-offs of collections: decided by the same rules as an entry by hand, each key once. */
@Injectable()
export class CollectionEntryService {
  constructor(
    private readonly db: ServiceDatabase,
    private readonly receivables: ReceivableService,
    private readonly postings: PostingRepository,
    private readonly copies: CopyRepository,
  ) {}

  async post(tenantId: string, at: Instant, entries: CollectionEntry[]): Promise<{ postedKeys: string[] }> {
    const zone = (await this.copies.tenant(tenantId))?.zone ?? 'UTC';
    const idOf = ({ key }: CollectionEntry): string => `${tenantId}/${key}`;
    return this.db.transaction(async () => {
      const known = await this.postings.known(tenantId, entries.map(idOf));
      const fresh = entries.filter((entry) => !known.has(idOf(entry)));
      const invoiceIds = [...new Set(fresh.map(({ invoiceId }) => invoiceId))];
      const state = await this.receivables.load(tenantId, [], invoiceIds);
      const done = new Map<string, PostingDraft>();
      for (const entry of fresh) {
        const draft = decide(entry, state, at, zone);
        if (draft) done.set(idOf(entry), draft);
      }
      const reasons = new Map(fresh.map((entry) => [entry.key, entry.reason]));
      const rows = [...done.values()].map((draft) =>
        postedAt(tenantId, at, zone, reasons.get(draft.key))(draft),
      );
      if (rows.length > 0) await this.postings.append(tenantId, rows);
      const touched = new Set(rows.flatMap(({ invoiceId }) => invoiceId ?? []));
      await this.receivables.save(tenantId, at, state, touched);
      const posted = entries.filter((entry) => known.has(idOf(entry)) || done.has(idOf(entry)));
      return { postedKeys: posted.map(({ key }) => key) };
    });
  }
}

/** Null when the invoice does not allow it any more: it was paid, or given up, meanwhile. */
function decide(
  { key, rule, invoiceId, amountMinor }: CollectionEntry,
  state: Receivables,
  at: Instant,
  zone: string,
): PostingDraft | null {
  const item = state.items.get(invoiceId);
  if (!item) return null;
  const effect = postEntry(rule, amountMinor, { at, on: localDateOf(at, zone), item, owedMinor });
  if (isRefusal(effect)) return null;
  if (effect.item) state.items.set(invoiceId, effect.item);
  const { accountId, currency } = item;
  return draftPosting(key, rule, effect.amounts, { accountId, invoiceId, currency });
}
