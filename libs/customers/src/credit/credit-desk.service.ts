import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import {
  AuditLog,
  badInput,
  BusinessClock,
  conflict,
  notFound,
  type Page,
  pageOf,
  type Principal,
  ServiceDatabase,
} from '@tollkeeper/platform';
import { AccountRepository } from '../accounts/account.repository';
import type { AccountRow } from '../accounts/account.schema';
import { TimelineRepository } from '../accounts/timeline.repository';
import { TenantService } from '../copies/tenant.service';
import { classOf } from '../domain/deposit-demand';
import { CreditAccountRepository } from './credit-account.repository';
import type { CreditAccountRow } from './credit-account.schema';
import { CreditControl } from './credit-control.service';
import { exposureOfRow } from './credit-limits.service';
import { CreditWatch } from './credit-watch.service';
import { DepositRules } from './deposit-rules.service';
import { demandedOf, goodAt } from '../domain/deposit-due-back';

interface AmountField {
  minor: number;
  currency: string;
}

export interface CreditStanding {
  account: AccountRow;
  row: CreditAccountRow;
  demandedMinor: number;
  exposureMicro: number;
  roamingCapMinor: number | null;
  goodPaymentAt: Instant | null;
}

type Change = (row: CreditAccountRow, at: Instant, account: AccountRow) => CreditAccountRow;

/** What people see and settle of an account's credit. */
@Injectable()
export class CreditDesk {
  constructor(
    private readonly db: ServiceDatabase,
    private readonly clock: BusinessClock,
    private readonly audit: AuditLog,
    private readonly rows: CreditAccountRepository,
    private readonly accounts: AccountRepository,
    private readonly tenants: TenantService,
    private readonly timeline: TimelineRepository,
    private readonly rules: DepositRules,
    private readonly control: CreditControl,
    private readonly watch: CreditWatch,
  ) {}

  async standing(tenantId: string, accountId: string): Promise<CreditStanding> {
    const account = await this.accountOf(tenantId, accountId);
    const row = await this.rows.get(tenantId, accountId);
    const services = await this.rules.servicesOf(tenantId, accountId);
    return {
      ...{ account, row },
      demandedMinor: demandedOf(account, row, services.coming),
      exposureMicro: exposureOfRow(row, account.currency),
      roamingCapMinor: await this.control.roamingCap(tenantId, account, row),
      goodPaymentAt: goodAt(account, row, services),
    };
  }

  async page(
    tenantId: string,
    query: { limit: number; startingAfter?: string; barred?: boolean },
  ): Promise<Page<CreditAccountRow>> {
    return pageOf(await this.rows.page(tenantId, { ...query, limit: query.limit + 1 }), query.limit);
  }

  waive(principal: Principal, accountId: string, waived: boolean, reason: string): Promise<void> {
    const what = waived ? 'depositWaived' : 'depositWaiverEnded';
    return this.change(principal, accountId, what, reason, (row, at, { creditTerms }) => {
      if (!waived) return { ...row, waiver: null };
      if (!creditTerms?.depositMinor && !row.offeringDeposits?.length)
        throw conflict(
          'noDeposit',
          'Neither the account’s class nor what it was sold demands a deposit.',
          'There is nothing to waive.',
        );
      const waiver = { creditClass: classOf(creditTerms), reason, by: principal.name, at };
      const isRefused = row.topUp?.state === 'refused';
      return { ...row, waiver, topUp: isRefused ? null : row.topUp };
    });
  }

  /** A deposit that a live account lacks, after a refusal. */
  retry(principal: Principal, accountId: string, reason: string): Promise<void> {
    return this.change(principal, accountId, 'depositAskedAgain', reason, (row, at) => {
      const { topUp } = row;
      if (topUp?.state !== 'refused')
        throw conflict(
          'notRefused',
          'No charge of a deposit was refused.',
          'GET .../credit shows its state.',
        );
      const { key, amountMinor } = topUp;
      return {
        ...row,
        claims: [...row.claims, { key, amountMinor, paymentId: null, at }],
        topUp: { ...topUp, attempt: topUp.attempt + 1, state: 'asked', reason: null, at },
      };
    });
  }

  chooseRoamingCap(
    principal: Principal,
    accountId: string,
    wanted: { choice: 'usual' | 'none' | AmountField; reason: string },
  ): Promise<void> {
    const { choice, reason } = wanted;
    return this.change(principal, accountId, 'roamingCapChosen', reason, (row, at, { currency }) => {
      if (choice === 'usual') return { ...row, roamingChoice: null };
      const capMinor = choice === 'none' ? null : minorIn(currency, choice);
      return { ...row, roamingChoice: { capMinor, reason, by: principal.name, at } };
    });
  }

  async setOperatorRoamingCap(
    principal: Principal,
    cap: AmountField | null,
    reason: string,
  ): Promise<AmountField | null> {
    const { tenantId } = principal;
    const at = await this.clock.now(tenantId);
    const { currency } = await this.tenants.get(tenantId);
    const after = cap === null ? null : minorIn(currency, cap);
    await this.db.transaction(async () => {
      const before = await this.rows.operatorRoamingCap(tenantId);
      await this.rows.setOperatorRoamingCap(tenantId, after);
      const entry = { at, what: 'setRoamingDataCap', entity: 'creditSettings', reason };
      await this.audit.record(principal, { ...entry, before: { minor: before }, after: { minor: after } });
    });
    return cap;
  }

  async operatorRoamingCap(tenantId: string): Promise<AmountField | null> {
    const minor = await this.rows.operatorRoamingCap(tenantId);
    return minor === null ? null : { minor, currency: (await this.tenants.get(tenantId)).currency };
  }

  private async change(
    principal: Principal,
    accountId: string,
    what: string,
    reason: string,
    change: Change,
  ): Promise<void> {
    const { tenantId, name } = principal;
    const at = await this.clock.now(tenantId);
    await this.db.transaction(async () => {
      const account = await this.accountOf(tenantId, accountId);
      const before = await this.rows.get(tenantId, accountId);
      const after = change(before, at, account);
      const shown = ({ waiver, topUp, roamingChoice }: CreditAccountRow) => ({
        ...{ waiver, topUp, roamingChoice },
      });
      const entry = { at, what, entity: accountId, reason };
      await this.audit.record(principal, { ...entry, before: shown(before), after: shown(after) });
      await this.timeline.record(tenantId, [{ accountId, at, what, details: { reason, by: name } }]);
      await this.watch.lookAt(tenantId, at, [after]);
    });
  }

  private async accountOf(tenantId: string, accountId: string): Promise<AccountRow> {
    const account = await this.accounts.find(tenantId, accountId);
    if (!account) throw notFound('account', accountId);
    return account;
  }
}

function minorIn(currency: string, cap: AmountField): number {
  if (cap.currency !== currency) throw badInput('cap.currency', `It is kept in ${currency}.`);
  if (cap.minor < 0) throw badInput('cap.minor', 'must not be negative');
  return cap.minor;
}
