import { Injectable } from '@nestjs/common';
import { addDays, type Cycle, type LocalDate } from '@tollkeeper/calendar';
import type { RatedTotal, StorageRef } from '@tollkeeper/contracts';
import { Storage } from '@tollkeeper/platform';
import { BilledBeforeRepository, type Followed } from './billed-before.repository';
import { BilledBeforeService } from './billed-before.service';
import { InstalmentPlanRepository } from '../devices/instalment-plan.repository';
import { OneOffChargeRepository } from '../charges/one-off-charge.repository';
import type { CycleRow } from '../cycles/cycle.schema';
import type { Bill, BilledOnce, BillLine, LastBilled } from '../domain/bill';
import { servedUntil } from '../domain/bill-purpose';
import { type BillingInput, buildInvoice } from '../domain/build-invoice';
import { chargeHolders } from '../domain/charge-holders';
import { deviceKeys } from '../domain/devices/device-lines';
import { type LatePolicy, type SplitUsage, splitLateUsage } from '../domain/late-usage';
import { feesWithdrawn, type OneOffInput, onceKeysOf } from '../domain/one-off-charges';
import { feeKeysOf } from '../domain/served-lines';
import { allPlacesOf } from '../domain/tax-place';
import { nameProviders } from '../domain/third-parties';
import { InvoiceRepository, type IsThisBill } from '../invoices/invoice.repository';
import { LateUsageRepository } from '../late-usage/late-usage.repository';
import type { BillableAccount } from './snapshot.service';
import { SellerRepository } from '../sellers/seller.repository';
import { TaxRateRepository } from '../taxes/tax-rate.repository';
import { TaxSettingsRepository } from '../taxes/tax-settings.repository';
import { pace } from '../work-pace';

export interface BillOutcome extends BillableAccount {
  totals: RatedTotal[];
  /** `null`: nothing to bill, or set aside with a cause. */
  bill: Bill | null;
  cause: string | null;
  /** Correction bills of closed periods. */
  lateBills: Bill[];
  /** Late usage that nobody is charged. */
  reported: RatedTotal[];
  /** The bill before it. */
  follows: Followed | null;
  billedTo: LocalDate | null;
}

/** Why bills are made. Absent: a cut-off of the cycle. */
interface Occasion {
  /** Of an on-demand bill: its run, and whether it charges periods. */
  onDemand?: { runId: string; purpose: 'onDemand' | 'oneOff' };
  /** What becomes of late usage. Absent: the tenant's setting. */
  late?: LatePolicy;
}

type CycleFields = Pick<CycleRow, 'frequency' | 'anchorDay' | 'anchorMonth' | 'count' | 'originOn' | 'zone'>;

export const cycleOf = ({
  frequency,
  anchorDay,
  anchorMonth,
  count = null,
  originOn = null,
  zone,
}: CycleFields): Cycle => ({
  frequency,
  anchorDay,
  ...(anchorMonth === null ? {} : { anchorMonth }),
  ...(count === null ? {} : { count }),
  ...(originOn === null ? {} : { originOn }),
  zone,
});

const accountsBetweenPauses = 20;

/** Runs and previews bill through here: everything is loaded first, the bill itself is a pure function. */
@Injectable()
export class BillingService {
  constructor(
    private readonly invoices: InvoiceRepository,
    private readonly before: BilledBeforeRepository,
    private readonly billed: BilledBeforeService,
    private readonly taxes: TaxRateRepository,
    private readonly taxSettings: TaxSettingsRepository,
    private readonly oneOffs: OneOffChargeRepository,
    private readonly devices: InstalmentPlanRepository,
    private readonly storage: Storage,
    private readonly sellers: SellerRepository,
    private readonly lateUsage: LateUsageRepository,
  ) {}

  async billAll(
    tenantId: string,
    row: CycleRow,
    cutOffOn: LocalDate,
    accounts: BillableAccount[],
    totalsRef: StorageRef,
    occasion: Occasion = {},
  ): Promise<BillOutcome[]> {
    const totals = await this.totalsByAccount(totalsRef, accounts);
    return this.billEach(tenantId, row, cutOffOn, accounts, totals, occasion);
  }

  /** With the usage of each account at hand: a corrected bill has that of the first one. */
  async billEach(
    tenantId: string,
    row: CycleRow,
    cutOffOn: LocalDate,
    accounts: BillableAccount[],
    totals: ReadonlyMap<string, RatedTotal[]>,
    { onDemand, late }: Occasion = {},
  ): Promise<BillOutcome[]> {
    const accountIds = accounts.map(({ profile }) => profile.accountId);
    const lastBilled = await this.billed.lastBilled(tenantId, accountIds, cutOffOn, onDemand?.runId);
    const latePolicy = late ?? (await this.lateUsage.find(tenantId)).policy;
    const undone = await this.billed.undone(tenantId, accounts, lastBilled);
    const taxRules = await this.taxes.all(tenantId);
    const taxSettings = await this.taxSettings.find(tenantId);
    const cycle = cycleOf(row);
    const rule = {
      ...{ cycle, startsOn: row.startsOn, cutOffOn, taxRules, taxSettings },
      ...(onDemand ? onDemandRule(onDemand, cycle, cutOffOn) : {}),
    };
    const isThisBill: IsThisBill = ({ kind, runId, periodTo }) =>
      onDemand ? runId === onDemand.runId : kind === 'cycle' && periodTo === cutOffOn;
    const oneOff = await this.oneOffOf(tenantId, rule, accounts, isThisBill);
    const feesBefore = await this.feesBefore(tenantId, rule, accounts, { lastBilled, isThisBill });
    const capped = await this.billed.cappedTaxes(tenantId, accountIds, rule, isThisBill);
    const spent = await this.before.spentOnDemand(tenantId, accountIds, servedUntil(cycle, cutOffOn));
    const { thirdParties = [] } = await this.sellers.find(tenantId);
    const outcomes: BillOutcome[] = [];
    for (const account of accounts) {
      const { accountId } = account.profile;
      const own = totals.get(accountId) ?? [];
      const split = splitLateUsage(own, latePolicy);
      const input: BillingInput = {
        ...rule,
        account: account.profile,
        offerings: undone.length === 0 ? account.offerings : [...account.offerings, ...undone],
        totals: split.billed,
        lastBilled: lastBilled.get(accountId) ?? null,
        overrides: account.overrides,
        accountDiscounts: account.discounts,
        taxPlace: account.place,
        feesBefore: feesBefore(accountId),
        ...capped(accountId),
        ...spentBy(spent.get(accountId)),
        ...oneOff(account),
      };
      const { bills, cause } = attempt(input, split);
      const { follows = null, periodTo: billedTo = null } = lastBilled.get(accountId) ?? {};
      const [bill = null, ...lateBills] = bills.map((each) => each && nameProviders(each, thirdParties));
      outcomes.push({
        ...{ ...account, totals: own, bill, cause, billedTo, reported: cause ? [] : split.reported },
        follows: onDemand?.purpose === 'oneOff' ? null : follows,
        lateBills: lateBills.filter((each) => each !== null),
      });
      if (outcomes.length % accountsBetweenPauses === 0) await pace();
    }
    return outcomes;
  }

  /** What was placed on each account, its devices on instalments, and what other live bills have charged once already. */
  private async oneOffOf(
    tenantId: string,
    rule: Pick<OneOffInput, 'cycle' | 'startsOn' | 'cutOffOn' | 'oneOffUntil'>,
    accounts: BillableAccount[],
    isThisBill: IsThisBill,
  ) {
    const accountIds = accounts.map(({ profile }) => profile.accountId);
    const until = rule.oneOffUntil ?? rule.cutOffOn;
    const placed = await this.oneOffs.dueBefore(tenantId, accountIds, until);
    const placedOn = (accountId: string) => placed.filter((each) => each.accountId === accountId);
    const plans = await this.devices.dueBefore(tenantId, accountIds, rule.cutOffOn);
    const devicesOf = (accountId: string) => plans.filter((each) => each.accountId === accountId);
    const keysOf = ({ profile, offerings }: BillableAccount) => [
      ...onceKeysOf({ ...rule, account: profile, offerings, placed: placedOn(profile.accountId) }),
      ...deviceKeys(devicesOf(profile.accountId)),
    ];
    const billed = await this.invoices.billedOnce(tenantId, accountIds, accounts.flatMap(keysOf), isThisBill);
    const elsewhere = new Set(billed.flatMap(({ keys }) => keys));
    const withdrawn = accounts.flatMap(({ profile, offerings }) =>
      feesWithdrawn({ ...rule, account: profile, offerings }),
    );
    const billedFees = await this.billed.fees(tenantId, withdrawn);
    return ({ profile: { accountId } }: BillableAccount) => {
      const own = billed.filter((bill) => bill.isThisBill && bill.accountId === accountId);
      const ownKeys = new Set(own.flatMap(({ keys }) => keys));
      return {
        placed: placedOn(accountId),
        devices: devicesOf(accountId),
        billedFees,
        billedOnce: { has: (key: string) => elsewhere.has(key) && !ownKeys.has(key) },
      };
    };
  }

  /** Fees per line and month that other live bills have, this one's own left out. */
  private async feesBefore(
    tenantId: string,
    rule: Pick<BillingInput, 'cycle' | 'startsOn' | 'cutOffOn' | 'taxRules'>,
    accounts: BillableAccount[],
    { lastBilled, isThisBill }: { lastBilled: Map<string, LastBilled>; isThisBill: IsThisBill },
  ): Promise<(accountId: string) => BilledOnce> {
    const hasFees = rule.taxRules.some(({ trigger }) => trigger === 'lineMonth');
    const keys = (hasFees ? accounts : []).flatMap(({ profile, offerings, place }) =>
      feeKeysOf({
        ...rule,
        rules: rule.taxRules,
        offerings,
        lastBilled: lastBilled.get(profile.accountId) ?? null,
        holders: chargeHolders(profile, rule.cycle.zone),
        places: allPlacesOf(profile.address, place),
        place,
      }),
    );
    const billed = keys.length === 0 ? [] : await this.invoices.feesBilled(tenantId, keys, isThisBill);
    const elsewhere = new Set(billed.flatMap(({ feeKeys }) => feeKeys));
    const isOwn = new Map<string, string[]>();
    for (const { accountId, isThisBill: isSame, feeKeys } of billed)
      if (isSame) isOwn.set(accountId, [...(isOwn.get(accountId) ?? []), ...feeKeys]);
    return (accountId) => {
      const own = new Set(isOwn.get(accountId));
      return { has: (key) => elsewhere.has(key) && !own.has(key) };
    };
  }

  private async totalsByAccount(
    ref: StorageRef,
    accounts: BillableAccount[],
  ): Promise<Map<string, RatedTotal[]>> {
    const asked = new Set(accounts.map(({ profile }) => profile.accountId));
    const byAccount = new Map<string, RatedTotal[]>();
    for (const total of await this.storage.readLines<RatedTotal>(ref)) {
      if (asked.has(total.accountId))
        byAccount.set(total.accountId, [...(byAccount.get(total.accountId) ?? []), total]);
    }
    return byAccount;
  }
}

/** Its day is part of the bill, and so is what was charged once on it; charges go on from the day's beginning. */
const onDemandRule = (
  { purpose }: NonNullable<Occasion['onDemand']>,
  cycle: Cycle,
  today: LocalDate,
): Pick<BillingInput, 'purpose' | 'period' | 'oneOffUntil'> => {
  const tomorrow = addDays(today, 1);
  return { purpose, period: servedUntil(cycle, tomorrow), oneOffUntil: tomorrow };
};

const spentBy = (spentBefore: BillLine[] | undefined): Pick<BillingInput, 'spentBefore'> =>
  spentBefore ? { spentBefore } : {};

/** The bill and those of closed periods. One account's fault never stops the others. */
function attempt(
  input: BillingInput,
  { apart }: SplitUsage,
): { bills: (Bill | null)[]; cause: string | null } {
  try {
    const late = apart.map(({ period, totals }) =>
      buildInvoice({ ...input, purpose: 'lateUsage', period, totals }),
    );
    return { bills: [buildInvoice(input), ...late], cause: null };
  } catch (error) {
    return { bills: [], cause: error instanceof Error ? error.message : String(error) };
  }
}
