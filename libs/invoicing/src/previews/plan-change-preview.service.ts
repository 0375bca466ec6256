import { type Instant, localDateOf, startOfDay } from '@tollkeeper/calendar';
import type { AccountProfile } from '@tollkeeper/contracts';
import { badInput, notFound } from '@tollkeeper/platform';
import { Injectable } from '@nestjs/common';
import { BillingService } from '../runs/billing.service';
import { CopyRepository } from '../copies/copy.repository';
import type { AccountCopyRow } from '../copies/copy.schema';
import { CycleService } from '../cycles/cycle.service';
import type { Bill } from '../domain/bill';
import { planChangePrice, withPlanFrom } from '../domain/plan-change-price';
import { SnapshotService } from '../runs/snapshot.service';

interface PlanChange {
  accountId: string;
  subscriptionId: string;
  offeringId: string;
  from: Instant;
}

/** What a change of plan would make of the next bill: the functions of the real one, nothing written. */
@Injectable()
export class PlanChangePreviewService {
  constructor(
    private readonly copies: CopyRepository,
    private readonly cycles: CycleService,
    private readonly snapshots: SnapshotService,
    private readonly billing: BillingService,
  ) {}

  async price(tenantId: string, change: PlanChange) {
    const [copy] = await this.copies.accountsByIds(tenantId, [change.accountId]);
    if (!copy) throw notFound('account', change.accountId);
    if (copy.cycleId === null)
      throw badInput(
        'accountId',
        `Account ${copy.accountId} has no billing cycle: its plans are paid in advance.`,
        'A change of a prepaid plan costs the new plan at its next renewal.',
      );
    const changed = await this.changedProfile(tenantId, copy, change);
    const cycle = await this.cycles.require(tenantId, copy.cycleId);
    const on = localDateOf(change.from, cycle.zone);
    const after = on > cycle.startsOn ? on : cycle.startsOn;
    const { cutOffs } = await this.cycles.nextCutOffs({ tenantId, cycleId: copy.cycleId, after, count: 1 });
    const cutOffOn = cutOffs[0]!.on;
    const billed = async (profile: AccountProfile): Promise<Bill | null> => {
      const frozen = await this.snapshots.freeze(
        tenantId,
        [{ ...copy, profile }],
        startOfDay(cutOffOn, cycle.zone),
      );
      const accounts = await this.snapshots.thaw(tenantId, frozen);
      const [outcome] = await this.billing.billEach(tenantId, cycle, cutOffOn, accounts, new Map());
      if (outcome?.cause)
        throw badInput('offeringId', outcome.cause, 'Put the catalog or the tax table right first.');
      return outcome?.bill ?? null;
    };
    const [without, withChange] = [await billed(copy.profile), await billed(changed)];
    const { currency, language } = copy.profile;
    return { cutOffOn, currency, language, ...planChangePrice(without, withChange, cutOffOn) };
  }

  private async changedProfile(
    tenantId: string,
    { profile }: AccountCopyRow,
    { accountId, subscriptionId, offeringId, from }: PlanChange,
  ): Promise<AccountProfile> {
    const offered = await this.copies.offeringsOf(tenantId, [offeringId]);
    if (!offered.some(({ currency, validFrom }) => currency === profile.currency && validFrom <= from))
      throw badInput(
        'offeringId',
        `${offeringId} is not in force in ${profile.currency} on ${from}.`,
        'GET /v1/catalog/offerings shows what is.',
      );
    const changed = withPlanFrom(profile, subscriptionId, offeringId, from);
    if (!changed)
      throw badInput(
        'subscriptionId',
        `Account ${accountId} has no such service on ${from}.`,
        `GET /v1/customers/accounts/${accountId} shows its services.`,
      );
    return changed;
  }
}
