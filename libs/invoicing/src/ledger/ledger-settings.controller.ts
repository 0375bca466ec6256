import { Body, Controller, Get, Put, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  Allow,
  CurrentPrincipal,
  idField,
  pageOf,
  pageQuery,
  type Principal,
  reasonField,
  SettingChanges,
} from '@tollkeeper/platform';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { LedgerSettingsRepository } from './ledger-settings.repository';
import { PaymentRepository } from './payment.repository';
import type { AppliedPaymentRow } from './payment.schema';

class LedgerSettingsRequest extends createZodDto(
  z.strictObject({
    taxAt: z
      .enum(['sale', 'use'])
      .describe('When the tax of top-ups and renewals is due: at the retail sale, or as the money is used.'),
    topUpTaxCode: z.string().min(1).max(64).describe('Tax code of a top-up; a renewal has that of its plan.'),
    reason: reasonField,
  }),
) {}

class PaymentQuery extends createZodDto(
  pageQuery.extend({
    accountId: idField.optional(),
    purpose: z.enum(['invoice', 'renewal', 'topUp', 'deposit']).optional(),
    taxMissing: z.literal('true').optional().describe('Only those for which the tax table has no row.'),
  }),
) {}

@ApiTags('invoicing')
@Controller('v1/invoicing/ledger')
export class LedgerSettingsController {
  constructor(
    private readonly settings: LedgerSettingsRepository,
    private readonly payments: PaymentRepository,
    private readonly changes: SettingChanges,
  ) {}

  @Get('settings')
  @Allow({ roles: ['finance', 'billing', 'auditor'], scope: 'invoicing:read' })
  @ApiOperation({ summary: 'When the tax of what is paid in advance is due' })
  show(@CurrentPrincipal() { tenantId }: Principal) {
    return this.settings.find(tenantId);
  }

  @Put('settings')
  @Allow({ roles: ['finance'], scope: 'invoicing:write' })
  @ApiOperation({
    summary: 'Change it',
    description:
      'Holds for top-ups and renewals that are sold from now on; prices include their tax. What was taxed at its sale is not taxed again when it is spent; what was not is taxed when a renewal uses it. Source: Directive 2006/112/EC Art. 30a and 30b.',
  })
  put(@CurrentPrincipal() principal: Principal, @Body() { reason, ...after }: LedgerSettingsRequest) {
    return this.changes.put(principal, {
      ...{ what: 'putLedgerSettings', entity: 'ledgerSettings', reason, after },
      before: (tenantId) => this.settings.find(tenantId),
      save: (tenantId, changed) => this.settings.put(tenantId, changed),
    });
  }

  @Get('payments')
  @Allow({ roles: ['finance', 'billing', 'care', 'auditor'], scope: 'invoicing:read' })
  @ApiOperation({
    summary: 'Payments as the books know them, newest first',
    description:
      '`credit` is what no invoice took, `recovered` what paid debt that was written off, `taken` what of a top-up was spent or given back, `taxes` what was due at the sale. `taxMissing` says why a sale was posted untaxed.',
  })
  async list(
    @CurrentPrincipal() { tenantId }: Principal,
    @Query() { limit, startingAfter, taxMissing, ...filter }: PaymentQuery,
  ) {
    const wanted = { ...filter, ...(taxMissing ? { taxMissing: true as const } : {}) };
    const rows = await this.payments.list(tenantId, wanted, limit + 1, startingAfter);
    const { data, hasMore } = pageOf(rows, limit);
    return { data: data.map(shown), hasMore };
  }
}

const shown = (row: AppliedPaymentRow) => {
  const money = (minor: number) => ({ minor, currency: row.currency });
  return {
    id: row.paymentId,
    purpose: row.purpose,
    accountId: row.accountId,
    invoiceId: row.designatedInvoiceId,
    gateway: row.gateway,
    receivedAt: row.receivedAt,
    amount: money(row.amountMinor),
    credit: money(row.creditMinor),
    recovered: money(row.recoveredMinor),
    taken: money(row.takenMinor),
    taxes: row.taxes.map(({ jurisdiction, amountMinor }) => ({ jurisdiction, amount: money(amountMinor) })),
    taxMissing: row.taxMissing,
  };
};
