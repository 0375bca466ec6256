import { Injectable } from '@nestjs/common';
import {
  AuditLog,
  badInput,
  BusinessClock,
  notFound,
  type Principal,
  ServiceDatabase,
} from '@tollkeeper/platform';
import { DebitPlanning } from '../debits/debit-planning.service';
import { PayableRepository } from '../payables/payable.repository';
import { PaymentMethodRepository } from '../methods/payment-method.repository';
import type { PayerRow } from '../methods/payment-method.schema';
import { ProfileRepository } from './profile.repository';
import type { AccountCopyRow } from './profile.schema';

type PayerChange = Pick<
  PayerRow,
  'autoPay' | 'backupMethodId' | 'autoPayDaysBefore' | 'autoPayDay' | 'autoPayNoticeDays'
> & {
  autoPayCap: { minor: number; currency: string } | null;
};

/** How an account wants to pay: by itself or not, when, up to how much, and by what else. */
@Injectable()
export class PayerSettings {
  constructor(
    private readonly database: ServiceDatabase,
    private readonly audit: AuditLog,
    private readonly clock: BusinessClock,
    private readonly methods: PaymentMethodRepository,
    private readonly payables: PayableRepository,
    private readonly profiles: ProfileRepository,
    private readonly debits: DebitPlanning,
  ) {}

  async show(tenantId: string, accountId: string) {
    return this.ofAccount(tenantId, await this.account(tenantId, accountId));
  }

  private async account(tenantId: string, accountId: string): Promise<AccountCopyRow> {
    const account = await this.profiles.account(tenantId, accountId);
    if (!account) throw notFound('account', accountId);
    return account;
  }

  private async ofAccount(tenantId: string, { _id: accountId, currency }: AccountCopyRow) {
    const row = await this.methods.payer(tenantId, accountId);
    const cap = row?.autoPayCapMinor ?? null;
    return {
      accountId,
      autoPay: row?.autoPay ?? false,
      defaultMethodId: row?.defaultMethodId ?? null,
      backupMethodId: row?.backupMethodId ?? null,
      autoPayDaysBefore: row?.autoPayDaysBefore ?? 0,
      autoPayDay: row?.autoPayDay ?? null,
      autoPayNoticeDays: row?.autoPayNoticeDays ?? 0,
      autoPayCap: cap === null ? null : { minor: cap, currency },
    };
  }

  async put(principal: Principal, accountId: string, { autoPayCap, ...wanted }: PayerChange) {
    const { tenantId } = principal;
    const at = await this.clock.now(tenantId);
    // Read where it is written: a card that is added meanwhile stays the default one.
    await this.database.transaction(async () => {
      const account = await this.account(tenantId, accountId);
      const before = await this.ofAccount(tenantId, account);
      if (autoPayCap && autoPayCap.currency !== account.currency)
        throw badInput('autoPayCap.currency', `The account is billed in ${account.currency}.`);
      const { defaultMethodId } = before;
      await this.refuseBackup(tenantId, accountId, defaultMethodId, wanted.backupMethodId ?? null);
      const autoPayCapMinor = autoPayCap?.minor ?? null;
      const row = { _id: accountId, ...wanted, defaultMethodId, autoPayCapMinor };
      await this.methods.savePayer(tenantId, row);
      await this.payables.reconsiderAutoPay(tenantId, accountId);
      await this.debits.planOpen(tenantId, at, [accountId]);
      const { _id, ...after } = row;
      await this.audit.record(principal, { at, what: 'putPayer', entity: _id, before, after });
    });
    return this.show(tenantId, accountId);
  }

  private async refuseBackup(
    tenantId: string,
    accountId: string,
    defaultMethodId: string | null,
    backupMethodId: string | null,
  ): Promise<void> {
    if (backupMethodId === null) return;
    const method = await this.methods.one(tenantId, backupMethodId);
    if (method?.accountId !== accountId)
      throw badInput('backupMethodId', `The account has no method ${backupMethodId}.`, 'Add it first.');
    if (backupMethodId === defaultMethodId)
      throw badInput('backupMethodId', 'That is the default method.', 'Name another one.');
  }
}
