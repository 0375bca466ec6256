import { Injectable } from '@nestjs/common';
import type { LocalDate } from '@tollkeeper/calendar';
import type { OfferingVersion } from '@tollkeeper/contracts';
import { CopyRepository } from '../copies/copy.repository';
import type { LastBilled } from '../domain/bill';
import { lineKeyOf } from '../domain/given-back';
import { undoneOfferings } from '../domain/undone-plans';
import { type BilledBefore, BilledBeforeRepository, returnedOf } from './billed-before.repository';
import type { BillableAccount } from './snapshot.service';

/** What the bills before this one charged, and what of it still stands. */
@Injectable()
export class BilledBeforeService {
  constructor(
    private readonly bills: BilledBeforeRepository,
    private readonly copies: CopyRepository,
  ) {}

  async lastBilled(
    tenantId: string,
    accountIds: string[],
    before: LocalDate,
    onDemandRunId?: string,
  ): Promise<Map<string, BilledBefore>> {
    const last = await this.bills.lastBilled(tenantId, accountIds, before, onDemandRunId);
    const credited = (await this.bills.creditedLines(tenantId, accountIds)).filter(({ accountId, ...line }) =>
      isStillBilled(last.get(accountId), line),
    );
    if (credited.length === 0) return last;
    const owners = [...new Set(credited.map(({ accountId }) => accountId))];
    const returned = await this.bills.returnedLines(tenantId, owners, before, onDemandRunId);
    for (const line of credited) {
      const bill = last.get(line.accountId);
      if (!bill) continue;
      const own = returned.filter(({ accountId }) => accountId === line.accountId);
      const leftMinor = Math.max(0, line.netMinor - line.creditedMinor - returnedOf(line, own));
      const left = { ...bill.left, [lineKeyOf(line.chargeKey, line.from)]: leftMinor };
      last.set(line.accountId, { ...bill, left });
    }
    return last;
  }

  /** Plans that were billed ahead and called off before they began are in no snapshot any more. */
  async undone(
    tenantId: string,
    accounts: readonly BillableAccount[],
    lastBilled: ReadonlyMap<string, LastBilled>,
  ): Promise<OfferingVersion[]> {
    const ids = accounts.flatMap(({ profile, offerings }) =>
      undoneOfferings(
        new Set(offerings.map(({ offeringId }) => offeringId)),
        lastBilled.get(profile.accountId) ?? null,
      ),
    );
    return ids.length === 0 ? [] : this.copies.offeringsOf(tenantId, [...new Set(ids)]);
  }
}

/** Of what was credited on bills of long ago nothing can be given back any more. */
function isStillBilled(
  last: LastBilled | undefined,
  line: { chargeKey: string; from: LocalDate; to: LocalDate },
): boolean {
  const billed = last?.billed?.[line.chargeKey];
  return [billed, ...(billed?.earlier ?? [])].some((each) => each?.from === line.from && each.to === line.to);
}
