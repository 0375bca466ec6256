import { Injectable } from '@nestjs/common';
import type { LocalDate } from '@tollkeeper/calendar';
import type { OfferingVersion } from '@tollkeeper/contracts';
import type { CappedBefore, TaxRule } from '@tollkeeper/tax';
import { CopyRepository } from '../copies/copy.repository';
import { leftOfCredited, overGiven } from '../corrections/domain/left-of-lines';
import type { LastBilled } from '../domain/bill';
import { cappedBefore, cappedSince, hasMonthlyCap } from '../domain/capped-before';
import { netOf } from '../domain/line-parts';
import { undoneOfferings } from '../domain/undone-plans';
import type { BilledFee, BilledFees } from '../domain/withdrawal';
import type { IsThisBill } from '../invoices/invoice.repository';
import type { InvoiceRow } from '../invoices/invoice.schema';
import { type BilledBefore, BilledBeforeRepository, chargeBillOf } from './billed-before.repository';
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
    const owners = await this.bills.credited(tenantId, accountIds);
    if (owners.length === 0) return last;
    const bills = await this.bills.chargeBills(tenantId, owners, before, onDemandRunId);
    for (const [accountId, left] of leftOfCredited(bills)) {
      const bill = last.get(accountId);
      if (bill) last.set(accountId, { ...bill, left });
    }
    return last;
  }

  /** By account: what other bills taxed of months whose tax is capped. Without such a tax nothing is read. */
  async cappedTaxes(
    tenantId: string,
    accountIds: string[],
    { taxRules, cutOffOn }: { taxRules: readonly TaxRule[]; cutOffOn: LocalDate },
    isThisBill: IsThisBill,
  ): Promise<(accountId: string) => { cappedBefore?: ReadonlyMap<string, CappedBefore> }> {
    if (!taxRules.some(hasMonthlyCap)) return () => ({});
    const bills = await this.bills.taxedSince(tenantId, accountIds, cappedSince(cutOffOn), isThisBill);
    return (accountId) => ({
      cappedBefore: cappedBefore(
        bills.filter((bill) => bill.accountId === accountId),
        taxRules,
      ),
    });
  }

  /** What issued bills charged once under these keys. */
  async fees(tenantId: string, onceKeys: readonly string[]): Promise<BilledFees> {
    const wanted = new Set(onceKeys);
    const bills = wanted.size === 0 ? [] : await this.bills.billsOfKeys(tenantId, [...wanted]);
    return new Map(
      bills.flatMap(({ lines, credited }) =>
        lines.flatMap((line): [string, BilledFee][] => {
          const { onceKey = '', lineNo } = line;
          const creditedMinor = credited.find((each) => each.lineNo === lineNo)?.netMinor ?? 0;
          return wanted.has(onceKey) ? [[onceKey, { line, creditedMinor }]] : [];
        }),
      ),
    );
  }

  /** Drafts that give back days whose line was credited since they were drafted, by id. */
  async givenBackTwice(tenantId: string, drafts: readonly InvoiceRow[]): Promise<ReadonlySet<string>> {
    const giving = drafts.filter(({ lines }) => lines.some((line) => netOf(line) < 0));
    if (giving.length === 0) return new Set();
    const owners = await this.bills.credited(tenantId, [
      ...new Set(giving.map(({ accountId }) => accountId)),
    ]);
    if (owners.length === 0) return new Set();
    const issued = await this.bills.chargeBills(tenantId, owners);
    return overGiven(issued, giving.map(chargeBillOf));
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
