import { Injectable } from '@nestjs/common';
import type { FactBatch } from '@tollkeeper/contracts';
import { ServiceDatabase } from '@tollkeeper/platform';
import { CopyRepository } from '../copies/copy.repository';
import { draftPosting } from '../domain/ledger/posting-draft';
import { postedAt } from './books-day';
import { PostingRepository } from './posting.repository';

/** Money of bank statements that no account has, or has no more: posted for the tenant as a whole, each key once. */
@Injectable()
export class SuspenseService {
  constructor(
    private readonly db: ServiceDatabase,
    private readonly postings: PostingRepository,
    private readonly copies: CopyRepository,
  ) {}

  async receive({ tenantId, facts }: FactBatch<'suspenseMoved'>): Promise<void> {
    const zone = (await this.copies.tenant(tenantId))?.zone;
    if (!zone) throw new Error(`The profile of tenant ${tenantId} has not arrived yet`);
    await this.db.transaction(async () => {
      const idOf = (key: string): string => `${tenantId}/${key}`;
      const known = await this.postings.known(
        tenantId,
        facts.map(({ key }) => idOf(key)),
      );
      const fresh = new Map(facts.filter(({ key }) => !known.has(idOf(key))).map((fact) => [fact.key, fact]));
      const rows = [...fresh.values()].map(
        ({ key, rule, amountMinor, currency, gateway, reason, movedAt }) => {
          const draft = draftPosting(
            key,
            rule,
            { amount: amountMinor },
            { accountId: null, currency, gateway },
          );
          return postedAt(tenantId, movedAt, zone, reason)(draft);
        },
      );
      if (rows.length > 0) await this.postings.append(tenantId, rows);
    });
  }
}
