import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import { CollectionRepository } from './collection.repository';
import type { CollectionRow } from './collection.schema';
import { AccountFlags } from '../payers/account-flags.service';
import type { PayableRow } from '../payables/payable.schema';
import { splitDebt, upTo } from './split-debt';

/** What an open case keeps from being charged: what is disputed, what a plan pays off, and all of it while it rests. */
@Injectable()
export class CaseLimits {
  constructor(
    private readonly collections: CollectionRepository,
    private readonly flags: AccountFlags,
  ) {}

  /** The invoices with no more to charge than auto-pay may; those of which nothing is left are left out. */
  async chargeable(tenantId: string, payables: readonly PayableRow[]): Promise<PayableRow[]> {
    const cases = await this.openCases(tenantId, payables);
    return cases.size === 0
      ? [...payables]
      : payables.flatMap((payable) => limited(payable, cases.get(payable.accountId), null) ?? []);
  }

  /** Of debits that are to be handed in. `isAtRest`: their case asks for nothing now. */
  async debits(
    tenantId: string,
    payables: readonly PayableRow[],
    at: Instant,
  ): Promise<{ payable: PayableRow; limited: PayableRow | null; isAtRest: boolean }[]> {
    const cases = await this.openCases(tenantId, payables);
    const held = await this.flags.holding(tenantId, [...cases.keys()], 'collectionHold', at);
    return payables.map((payable) => {
      const row = cases.get(payable.accountId);
      const caseId = payable.debit?.caseId ?? null;
      const isOfCase = row !== undefined && row._id === caseId;
      const isAtRest = isOfCase && (held.has(payable.accountId) || rests(row, at));
      return { payable, limited: limited(payable, row, caseId), isAtRest };
    });
  }

  private async openCases(
    tenantId: string,
    payables: readonly PayableRow[],
  ): Promise<Map<string, CollectionRow>> {
    const accountIds = [...new Set(payables.map(({ accountId }) => accountId))];
    const open = await this.collections.openOf(tenantId, accountIds);
    return new Map(open.map((row) => [row.accountId, row]));
  }
}

/** A promise is settled by the case itself: until then it is open. */
const rests = ({ hold, promise }: CollectionRow, at: Instant): boolean =>
  promise !== null || (hold !== null && (hold.until === null || hold.until > at));

/** What a plan pays off is debited by its case alone. */
function limited(
  payable: PayableRow,
  row: CollectionRow | undefined,
  byCase: string | null,
): PayableRow | null {
  if (!row) return payable;
  const planned = row.plan?.state === 'active' && row._id !== byCase ? row.plan.invoiceIds : [];
  const [part] = splitDebt([payable], row.disputes ?? [], planned);
  return part && (part.disputedMinor > 0 || part.plannedMinor > 0)
    ? upTo(payable, part.chasedMinor)
    : payable;
}
