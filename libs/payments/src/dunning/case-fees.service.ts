import { Injectable } from '@nestjs/common';
import { type Instant, localDateOf } from '@tollkeeper/calendar';
import type { CollectionEntry, LateFee } from '@tollkeeper/contracts';
import { ServiceDatabase } from '@tollkeeper/platform';
import { CollectionRepository } from './collection.repository';
import { type FeeCharged, lateFeesOf } from '../domain/dunning/late-fees';
import { CaseStateService } from './case-state.service';

/** What a case charges for being late: written down here first, then posted by invoicing under the same key. */
@Injectable()
export class CaseFees {
  constructor(
    private readonly database: ServiceDatabase,
    private readonly collections: CollectionRepository,
    private readonly cases: CaseStateService,
  ) {}

  async assess(
    tenantId: string,
    { caseId, levelId, fee, at }: { caseId: string; levelId: string; fee: LateFee; at: Instant },
  ): Promise<CollectionEntry[]> {
    const debt = await this.cases.debtOf(tenantId, caseId, at);
    const { row, zone, country, account, overdue } = debt;
    const known = (row.fees ?? []).filter((each) => each.levelId === levelId);
    if (known.length > 0) return known.map(entryOf);
    const before = await this.collections.feesOf(tenantId, row.accountId);
    const fees = lateFeesOf(fee, {
      keyBase: caseId,
      levelId,
      country,
      kind: account?.customerKind ?? 'person',
      currency: row.currency,
      on: localDateOf(at, zone),
      invoices: overdue.map(({ payable, chasedMinor }) => ({
        invoiceId: payable._id,
        dueOn: payable.dueOn,
        totalMinor: payable.totalMinor,
        owedMinor: chasedMinor,
      })),
      before,
    });
    if (fees.length > 0)
      await this.collections.change(tenantId, caseId, { fees: [...(row.fees ?? []), ...fees] });
    return fees.map(entryOf);
  }

  /** What invoicing refused, because the invoice was paid meanwhile, is no fee of the case. */
  async record(tenantId: string, caseId: string, levelId: string, postedKeys: string[]): Promise<void> {
    await this.database.transaction(async () => {
      const { fees = [] } = await this.cases.caseOf(tenantId, caseId);
      const kept = fees.flatMap((fee) => {
        if (fee.levelId !== levelId) return [fee];
        return postedKeys.includes(fee.key) ? [{ ...fee, posted: true }] : [];
      });
      await this.collections.change(tenantId, caseId, { fees: kept });
    });
  }

  /** All that is overdue and still open, whether disputed or not: the debt of the case is given up. */
  async debtsToWriteOff(tenantId: string, caseId: string, at: Instant): Promise<CollectionEntry[]> {
    const { overdue } = await this.cases.debtOf(tenantId, caseId, at);
    return overdue.map(({ payable: { _id: invoiceId } }) => ({
      key: `${caseId}/writeOff/${invoiceId}`,
      rule: 'writeOff' as const,
      invoiceId,
      amountMinor: null,
      reason: `collection ${caseId} was given up`,
    }));
  }
}

const reasons: Record<FeeCharged['what'], string> = {
  fee: 'late fee',
  interest: 'default interest',
  lumpSum: 'lump sum for late payment',
};

const entryOf = ({ key, invoiceId, minor, what, levelId, to }: FeeCharged): CollectionEntry => ({
  key,
  rule: 'lateFee',
  invoiceId,
  amountMinor: minor,
  reason: `${reasons[what]}, level ${levelId}${to ? `, until ${to}` : ''}`,
});
