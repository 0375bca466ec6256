import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import {
  AuditLog,
  badInput,
  BusinessClock,
  conflict,
  newId,
  notFound,
  type Principal,
  Problem,
  ServiceDatabase,
} from '@tollkeeper/platform';
import { billedAccount } from '../billed-account';
import { realMsSince, realNow } from '../gateway/real-time';
import type { PaymentRow } from '../received/payment.schema';
import { ProfileRepository } from '../payers/profile.repository';
import { TopUpService } from '../top-ups/top-up.service';
import { newVoucherCode, printedCode, voucherHash } from './voucher-code';
import { VoucherRepository } from './voucher.repository';
import type { VoucherBatchRow, VoucherRow } from './voucher.schema';

interface WantedBatch {
  name: string;
  count: number;
  valueMinor: number;
  currency: string;
  expiresAt: Instant;
  reason: string;
}

const mostWrong = 5;
const countedForMs = 3_600_000;

/** Prepaid codes: bought anywhere, redeemed once onto the top-up balance of an account. */
@Injectable()
export class VoucherService {
  constructor(
    private readonly database: ServiceDatabase,
    private readonly audit: AuditLog,
    private readonly clock: BusinessClock,
    private readonly vouchers: VoucherRepository,
    private readonly topUps: TopUpService,
    private readonly profiles: ProfileRepository,
  ) {}

  async issue(
    principal: Principal,
    { reason, ...wanted }: WantedBatch,
  ): Promise<{ batch: VoucherBatchRow; codes: string[] }> {
    const { tenantId } = principal;
    const at = await this.clock.now(tenantId);
    if (wanted.expiresAt <= at) throw badInput('expiresAt', `It is ${at}: that is over already.`);
    const batch: VoucherBatchRow = { _id: newId('vba'), ...wanted, createdAt: at, by: principal.name };
    const codes = Array.from({ length: wanted.count }, newVoucherCode);
    const rows = codes.map((code) => rowOf(tenantId, batch, code));
    await this.database.transaction(async () => {
      await this.vouchers.insert(tenantId, batch, rows);
      const entry = { at, what: 'issueVouchers', entity: batch._id, after: wanted, reason };
      await this.audit.record(principal, entry);
    });
    return { batch, codes: codes.map(printedCode) };
  }

  async withdraw(principal: Principal, batchId: string, reason: string): Promise<VoucherBatchRow> {
    const { tenantId } = principal;
    const batch = await this.vouchers.batch(tenantId, batchId);
    if (!batch) throw notFound('voucher batch', batchId);
    const at = await this.clock.now(tenantId);
    await this.database.transaction(async () => {
      await this.vouchers.voidBatch(tenantId, batchId);
      await this.audit.record(principal, { at, what: 'voidVouchers', entity: batchId, reason });
    });
    return batch;
  }

  /** A wrong code, one that was used and one that is over are told apart only to who may try on. */
  async redeem(principal: Principal, accountId: string, code: string): Promise<PaymentRow> {
    const { tenantId } = principal;
    const account = await billedAccount(this.profiles, tenantId, accountId, null);
    await this.refuseGuessing(tenantId, accountId);
    const at = await this.clock.now(tenantId);
    const voucher = await this.vouchers.byCode(tenantId, voucherHash(tenantId, code));
    if (!voucher || voucher.state === 'void') {
      const now = realNow();
      await this.vouchers.noteWrong(tenantId, accountId, now, new Date(now.getTime() - countedForMs));
      throw badInput('code', 'There is no such voucher.', 'Check each letter of the code.');
    }
    if (voucher.state === 'redeemed') throw used();
    if (voucher.expiresAt <= at)
      throw conflict('voucherExpired', `This voucher was good until ${voucher.expiresAt}.`);
    if (voucher.currency !== account.currency)
      throw badInput('code', `The voucher is in ${voucher.currency}, the account in ${account.currency}.`);
    return this.database.transaction(async () => {
      if (!(await this.vouchers.claim(tenantId, voucher._id, accountId, at))) throw used();
      const { valueMinor: amountMinor, currency } = voucher;
      const money = { accountId, amountMinor, currency, method: 'voucher', reference: voucher._id } as const;
      const payment = await this.topUps.book(principal, money, account.customerName, at);
      await this.vouchers.notePayment(tenantId, voucher._id, payment._id);
      return payment;
    });
  }

  private async refuseGuessing(tenantId: string, accountId: string): Promise<void> {
    const guesses = await this.vouchers.guesses(tenantId, accountId);
    if (!guesses || guesses.wrong < mostWrong || realMsSince(guesses.since) > countedForMs) return;
    throw new Problem({
      ...{ code: 'tooManyRequests', status: 429, title: 'Too many wrong codes' },
      ...{ detail: `${mostWrong} wrong codes within an hour.`, hint: 'Try again in an hour.' },
    });
  }
}

const used = () => conflict('voucherUsed', 'This voucher has been redeemed.', 'Each is good once.');

const rowOf = (tenantId: string, batch: VoucherBatchRow, code: string): VoucherRow => ({
  ...{ _id: newId('vch'), batchId: batch._id, codeHash: voucherHash(tenantId, code) },
  ...{ lastSigns: code.slice(-4), valueMinor: batch.valueMinor, currency: batch.currency },
  ...{ expiresAt: batch.expiresAt, state: 'issued', accountId: null, paymentId: null, redeemedAt: null },
});
