import { Injectable } from '@nestjs/common';
import { localDateOf } from '@tollkeeper/calendar';
import type { DepositLedgerActivities } from '@tollkeeper/contracts';
import { refusal, ServiceDatabase } from '@tollkeeper/platform';
import { CopyRepository } from '../copies/copy.repository';
import type { OpenItem } from '../domain/ledger/open-item';
import { isRefusal, postEntry } from '../domain/ledger/post-entry';
import { draftPosting } from '../domain/ledger/posting-draft';
import { AllocationRepository, newAllocationId } from './allocation.repository';
import { postedAt } from './books-day';
import { PostingRepository } from './posting.repository';
import { ReceivableService } from './receivable.service';

const byDueDay = (left: OpenItem, right: OpenItem): number =>
  left.dueOn === right.dueOn
    ? left.invoiceId < right.invoiceId
      ? -1
      : 1
    : left.dueOn < right.dueOn
      ? -1
      : 1;

/** At the end of a service its deposit pays what is still open. */
@Injectable()
export class DepositService {
  constructor(
    private readonly db: ServiceDatabase,
    private readonly receivables: ReceivableService,
    private readonly allocations: AllocationRepository,
    private readonly postings: PostingRepository,
    private readonly copies: CopyRepository,
  ) {}

  /** The oldest bill first. A repeat goes on where the first one stopped. */
  async apply({
    tenantId,
    accountId,
    key,
    upToMinor = Infinity,
    at,
  }: Parameters<DepositLedgerActivities['applyDeposit']>[0]): ReturnType<
    DepositLedgerActivities['applyDeposit']
  > {
    const [account] = await this.copies.accountsByIds(tenantId, [accountId]);
    if (!account) throw refusal('accountUnknown', `Invoicing does not know account ${accountId}.`);
    const zone = (await this.copies.tenant(tenantId))?.zone;
    if (!zone) throw new Error(`The profile of tenant ${tenantId} has not arrived yet`);
    const { currency } = account.profile;
    return this.db.transaction(async () => {
      const rows = await this.postings.balancesOf(tenantId, [accountId]);
      const row = rows.find((each) => each.currency === currency);
      const heldMinor = Math.max(0, -(row?.depositMinor ?? 0));
      const state = await this.receivables.load(tenantId, [accountId], []);
      const open = [...state.items.values()]
        .filter((item) => item.openMinor > 0 && item.currency === currency)
        .sort(byDueDay);
      const before = await this.postings.depositAppliedBy(tenantId, `${key}/`);
      let leftMinor = Math.min(heldMinor, upToMinor - before);
      const startMinor = leftMinor;
      const touched = new Set<string>();
      for (const item of open) {
        const amountMinor = Math.min(leftMinor, item.openMinor);
        if (amountMinor === 0) break;
        const owedMinor = { credit: 0, deposit: leftMinor, promotional: 0 };
        const on = localDateOf(at, zone);
        const outcome = postEntry('depositApplied', amountMinor, { at, on, item, owedMinor });
        if (isRefusal(outcome) || !outcome.item || !outcome.allocation)
          throw new Error(`the deposit of ${accountId} cannot pay ${item.invoiceId}`);
        const { invoiceId } = item;
        const about = { accountId, invoiceId, currency };
        const draft = draftPosting(
          `${key}/${invoiceId}/depositApplied`,
          'depositApplied',
          outcome.amounts,
          about,
        );
        await this.postings.append(tenantId, [postedAt(tenantId, at, zone)(draft)]);
        await this.allocations.insertMany(tenantId, at, [
          { allocationId: newAllocationId(), paymentId: null, ...about, ...outcome.allocation },
        ]);
        state.items.set(invoiceId, outcome.item);
        touched.add(invoiceId);
        leftMinor -= amountMinor;
      }
      await this.receivables.save(tenantId, at, state, touched);
      return { appliedMinor: before + startMinor - leftMinor, leftMinor, currency };
    });
  }
}
