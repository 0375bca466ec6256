import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { localDateOf } from '@tollkeeper/calendar';
import {
  Allow,
  BusinessClock,
  CurrentPrincipal,
  idField,
  localDateField,
  notFound,
  pageOf,
  pageQuery,
  type Principal,
} from '@tollkeeper/platform';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { CopyRepository } from '../copies/copy.repository';
import { type AgedRow, AgeingRepository } from './ageing.repository';
import { ageingBuckets } from './domain/ageing-buckets';

const on = localDateField
  .optional()
  .describe("End of this day in the operator's zone; without it as of now.");
class AgeingQuery extends createZodDto(z.strictObject({ on, accountId: idField.optional() })) {}
class AgedAccountsQuery extends createZodDto(pageQuery.extend({ on })) {}

const read = {
  roles: ['finance' as const, 'billing' as const, 'care' as const, 'auditor' as const],
  scope: 'invoicing:read' as const,
};

@ApiTags('invoicing')
@Controller('v1/invoicing/ageing')
export class AgeingController {
  constructor(
    private readonly ageing: AgeingRepository,
    private readonly copies: CopyRepository,
    private readonly clock: BusinessClock,
  ) {}

  @Get()
  @Allow(read)
  @ApiOperation({
    summary: 'Receivables by age, in total or of one account',
    description:
      'Days past the due date at the end of `on`: not due, 1-30, 31-60, 61-90, over 90; minor units by currency. A past day is shown as it stood: what was paid later is open then.',
  })
  async totals(@CurrentPrincipal() { tenantId }: Principal, @Query() query: AgeingQuery) {
    const day = query.on ?? (await this.today(tenantId));
    if (query.accountId) {
      const known = await this.copies.accountsByIds(tenantId, [query.accountId]);
      if (known.length === 0) throw notFound('account', query.accountId);
    }
    const rows = await this.ageing.totals(tenantId, day, query.accountId);
    return { on: day, totals: rows.map(shown) };
  }

  @Get('accounts')
  @Allow(read)
  @ApiOperation({
    summary: 'Receivables by age, account by account',
    description: 'Accounts that owe nothing are left out. `startingAfter` is an account id.',
  })
  async accounts(
    @CurrentPrincipal() { tenantId }: Principal,
    @Query() { on: wanted, limit, startingAfter }: AgedAccountsQuery,
  ) {
    const day = wanted ?? (await this.today(tenantId));
    const rows = await this.ageing.accounts(tenantId, day, startingAfter ?? '', limit + 1);
    const { data, hasMore } = pageOf(rows, limit);
    return { on: day, data: data.map((row) => ({ accountId: row.accountId, ...shown(row) })), hasMore };
  }

  private async today(tenantId: string): Promise<string> {
    const tenant = await this.copies.tenant(tenantId);
    return localDateOf(await this.clock.now(tenantId), tenant?.zone ?? 'UTC');
  }
}

const shown = ({ currency, openMinor, ...row }: AgedRow) => ({
  currency,
  openMinor,
  ...Object.fromEntries(ageingBuckets.map((bucket) => [bucket, row[bucket]])),
});
