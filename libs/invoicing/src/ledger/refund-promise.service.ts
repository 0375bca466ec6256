import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import { refusal, ServiceDatabase } from '@tollkeeper/platform';
import { CopyRepository } from '../copies/copy.repository';
import type { PostingDraft } from '../domain/ledger/posting-draft';
import {
  promise,
  promisedMinor,
  type PromisedOf,
  promiseKey,
  release,
  releaseKey,
} from '../domain/ledger/promise-refund';
import { postedAt } from './books-day';
import { PostingRepository } from './posting.repository';
import type { PostingRow } from './posting.schema';

interface WantedPromise {
  accountId: string;
  key: string;
  of: PromisedOf;
  amountMinor: number | null;
}

const kinds: readonly PromisedOf[] = ['credit', 'deposit'];

/** Money on its way back is set aside first: what is promised, no bill and no entry can use any more. */
@Injectable()
export class RefundPromiseService {
  constructor(
    private readonly db: ServiceDatabase,
    private readonly postings: PostingRepository,
    private readonly copies: CopyRepository,
  ) {}

  /** The account's balances change with the posting, so that whoever else takes from them meanwhile starts over. */
  async promise(
    tenantId: string,
    { accountId, key, of, amountMinor }: WantedPromise,
    at: Instant,
  ): Promise<{ minor: number; currency: string }> {
    const [account] = await this.copies.accountsByIds(tenantId, [accountId]);
    if (!account) throw refusal('accountUnknown', `Invoicing does not know account ${accountId}.`);
    const { currency } = account.profile;
    const minor = await this.db.transaction(async () => {
      const earlier = await this.promised(tenantId, key, of);
      if (earlier) return payableOf(earlier);
      const row = (await this.postings.balancesOf(tenantId, [accountId])).find(
        (each) => each.currency === currency,
      );
      const owed = (of === 'credit' ? row?.customerCreditMinor : row?.depositMinor) ?? 0;
      const given = promisedMinor(amountMinor, Math.max(0, -owed));
      if (given > 0) await this.append(tenantId, at, promise({ key, accountId, of, currency }, given));
      return given;
    });
    return { minor, currency };
  }

  async release(tenantId: string, key: string, at: Instant): Promise<void> {
    await this.db.transaction(async () => {
      for (const of of kinds) {
        const posting = await this.promised(tenantId, key, of);
        const { accountId = null, lines = [] } = posting ?? {};
        const [line] = lines;
        if (!posting || accountId === null || !line) continue;
        const released = await this.postings.known(tenantId, [`${tenantId}/${releaseKey(key, of)}`]);
        if (released.size > 0) continue;
        const about = { key, accountId, of, currency: line.currency };
        await this.append(tenantId, at, release(about, payableOf(posting)));
      }
    });
  }

  private async promised(tenantId: string, key: string, of: PromisedOf): Promise<PostingRow | null> {
    return this.postings.one(tenantId, `${tenantId}/${promiseKey(key, of)}`);
  }

  private async append(tenantId: string, at: Instant, draft: PostingDraft): Promise<void> {
    const zone = (await this.copies.tenant(tenantId))?.zone;
    if (!zone) throw new Error(`The profile of tenant ${tenantId} has not arrived yet`);
    await this.postings.append(tenantId, [postedAt(tenantId, at, zone)(draft)]);
  }
}

const payableOf = ({ lines }: PostingRow): number =>
  lines
    .filter(({ account }) => account === 'refundsPayable')
    .reduce((sum, { amountMinor }) => sum - amountMinor, 0);
