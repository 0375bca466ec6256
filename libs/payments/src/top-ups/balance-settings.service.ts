import { Injectable } from '@nestjs/common';
import { AuditLog, BusinessClock, notFound, type Principal, ServiceDatabase } from '@tollkeeper/platform';
import { PaymentMethodRepository } from '../methods/payment-method.repository';
import type { RenewalSource } from '../methods/payment-method.schema';
import { ProfileRepository } from '../payers/profile.repository';
import { BalanceRepository } from './balance.repository';

/** What is on an account's balance, and what it is spent on. */
@Injectable()
export class BalanceSettings {
  constructor(
    private readonly database: ServiceDatabase,
    private readonly audit: AuditLog,
    private readonly clock: BusinessClock,
    private readonly methods: PaymentMethodRepository,
    private readonly profiles: ProfileRepository,
    private readonly balances: BalanceRepository,
  ) {}

  async show(tenantId: string, accountId: string) {
    const account = await this.profiles.account(tenantId, accountId);
    if (!account) throw notFound('account', accountId);
    const balance = await this.balances.find(tenantId, accountId);
    const source = (await this.methods.renewalSources(tenantId, [accountId])).get(accountId);
    return {
      accountId,
      balance: { minor: balance?.balanceMinor ?? 0, currency: account.currency },
      renewalSource: source ?? ('balanceFirst' as const),
    };
  }

  async setSource(principal: Principal, accountId: string, source: RenewalSource): Promise<void> {
    const { tenantId } = principal;
    const at = await this.clock.now(tenantId);
    if (!(await this.profiles.account(tenantId, accountId))) throw notFound('account', accountId);
    await this.database.transaction(async () => {
      const before = (await this.methods.payer(tenantId, accountId))?.renewalSource ?? 'balanceFirst';
      await this.methods.setRenewalSource(tenantId, accountId, source);
      const entry = { at, what: 'setRenewalSource', entity: accountId };
      await this.audit.record(principal, { ...entry, before: { source: before }, after: { source } });
    });
  }
}
