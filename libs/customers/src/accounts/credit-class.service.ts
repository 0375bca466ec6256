import { Injectable } from '@nestjs/common';
import type { CapAction } from '@tollkeeper/contracts';
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
import { TenantService } from '../copies/tenant.service';
import { AccountNews } from './account-news.service';
import { AccountRepository } from './account.repository';
import { CreditClassRepository } from './credit-class.repository';
import type { CreditClassRow } from './credit-class.schema';

interface Money {
  minor: number;
  currency: string;
}

interface WantedClass {
  name: string;
  creditLimit: Money | null;
  deposit: Money | null;
  usageCap: Money | null;
  dunningPolicyId: string | null;
  depositPer: 'account' | 'subscription';
  depositReturnMonths: number | null;
  capNotices: number[];
  capAction: CapAction;
}

/** A changed class is told for all its accounts in one transaction. */
const mostAccountsToldAtOnce = 500;

@Injectable()
export class CreditClassService {
  constructor(
    private readonly db: ServiceDatabase,
    private readonly clock: BusinessClock,
    private readonly audit: AuditLog,
    private readonly tenants: TenantService,
    private readonly classes: CreditClassRepository,
    private readonly accounts: AccountRepository,
    private readonly news: AccountNews,
  ) {}

  async page(
    tenantId: string,
    query: { limit: number; startingAfter?: string },
  ): Promise<Page<CreditClassRow>> {
    return pageOf(await this.classes.page(tenantId, { ...query, limit: query.limit + 1 }), query.limit);
  }

  async get(tenantId: string, code: string): Promise<CreditClassRow> {
    const row = await this.classes.find(tenantId, code);
    if (!row) throw notFound('credit class', code);
    return row;
  }

  /** Makes or changes it; its accounts have the new terms at once. */
  async put(
    principal: Principal,
    code: string,
    wanted: WantedClass,
    reason: string,
  ): Promise<CreditClassRow> {
    const { tenantId } = principal;
    const at = await this.clock.now(tenantId);
    const { currency } = await this.tenants.get(tenantId);
    const terms = {
      creditClass: code,
      creditLimitMinor: minorOf('creditLimit', wanted.creditLimit, currency),
      depositMinor: minorOf('deposit', wanted.deposit, currency) ?? 0,
      usageCapMinor: minorOf('usageCap', wanted.usageCap, currency),
      dunningPolicyId: wanted.dunningPolicyId,
      depositPer: wanted.depositPer,
      depositReturnMonths: wanted.depositReturnMonths,
      capNotices: [...new Set(wanted.capNotices)].sort((left, right) => left - right),
      capAction: wanted.capAction,
    };
    return this.db.transaction(async () => {
      const before = await this.classes.find(tenantId, code);
      const accountIds = await this.accounts.ofCreditClass(tenantId, code, mostAccountsToldAtOnce + 1);
      if (accountIds.length > mostAccountsToldAtOnce)
        throw conflict(
          'classInUse',
          `More than ${mostAccountsToldAtOnce} accounts have class ${code}: they are not changed at once.`,
          'Make a new class and move the accounts to it.',
        );
      const row = { code, name: wanted.name, terms };
      await this.classes.put(tenantId, row);
      await this.accounts.setCreditTerms(tenantId, accountIds, terms);
      const after = { ...row, accounts: accountIds.length };
      await this.audit.record(principal, {
        at,
        what: 'putCreditClass',
        entity: code,
        before,
        after,
        reason,
      });
      if (accountIds.length > 0) await this.news.changed(tenantId, at, accountIds);
      return this.get(tenantId, code);
    });
  }
}

function minorOf(field: string, amount: Money | null, currency: string): number | null {
  if (amount === null) return null;
  if (amount.currency !== currency)
    throw badInput(`${field}.currency`, `this operator's accounts are in ${currency}`);
  if (amount.minor < 0) throw badInput(`${field}.minor`, 'must not be negative');
  return amount.minor;
}
