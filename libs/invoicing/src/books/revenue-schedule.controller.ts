import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { addDays, type LocalDate } from '@tollkeeper/calendar';
import {
  Allow,
  CurrentPrincipal,
  idField,
  notFound,
  pageOf,
  pageQuery,
  type Principal,
} from '@tollkeeper/platform';
import { createZodDto } from 'nestjs-zod';
import { BooksRepository } from './books.repository';
import { recognizedThrough, sumOf } from './domain/recognition';
import { RevenueScheduleRepository } from './revenue-schedule.repository';
import type { RevenueScheduleRow } from './revenue-schedule.schema';

class ScheduleQuery extends createZodDto(
  pageQuery.extend({ accountId: idField.optional(), invoiceId: idField.optional() }),
) {}

const read = {
  roles: ['finance' as const, 'billing' as const, 'auditor' as const],
  scope: 'invoicing:read' as const,
};

@ApiTags('invoicing')
@Controller('v1/invoicing/revenue-schedules')
export class RevenueScheduleController {
  constructor(
    private readonly schedules: RevenueScheduleRepository,
    private readonly books: BooksRepository,
  ) {}

  @Get()
  @Allow(read)
  @ApiOperation({
    summary: 'What was charged or paid in advance, and how much of it is earned',
    description:
      'Amounts as `{ minor, currency }`. Service periods are half-open: `to` is the first day after. `recognized` counts the days that are closed. Recognition by day, cumulative rounding: IFRS 15.39-45 (over time, by the days of service).',
  })
  async list(
    @CurrentPrincipal() { tenantId }: Principal,
    @Query() { limit, startingAfter, ...filter }: ScheduleQuery,
  ) {
    const { postedThrough } = await this.books.find(tenantId);
    const rows = await this.schedules.list(tenantId, filter, limit + 1, startingAfter);
    const { data, hasMore } = pageOf(rows, limit);
    return { data: data.map((row) => shown(row, postedThrough)), hasMore };
  }

  @Get(':scheduleId')
  @Allow(read)
  @ApiOperation({
    summary: 'One schedule with the amount of each day',
    description:
      "The id of an invoice line's schedule is `<invoiceId>.<lineNo>`, that of a renewal is its payment's.",
  })
  async show(@CurrentPrincipal() { tenantId }: Principal, @Param('scheduleId') scheduleId: string) {
    const row = await this.schedules.find(tenantId, scheduleId);
    if (!row) throw notFound('revenue schedule', scheduleId);
    const { postedThrough } = await this.books.find(tenantId);
    return { ...shown(row, postedThrough), days: daysOf(row) };
  }
}

function shown(row: RevenueScheduleRow, postedThrough: LocalDate | null) {
  const { _id, currency, totalMinor, taxes, lastOn: _lastOn, ...rest } = row;
  const money = (minor: number) => ({ minor, currency });
  const recognizedMinor = postedThrough ? sumOf(recognizedThrough(row, postedThrough)) : 0;
  const reversedMinor = row.changes.at(-1)?.reversedMinor ?? 0;
  return {
    id: _id,
    ...about(rest),
    total: money(totalMinor),
    taxesAtUse: taxes.map(({ jurisdiction, amountMinor }) => ({ jurisdiction, amount: money(amountMinor) })),
    reversed: money(reversedMinor),
    recognized: money(recognizedMinor),
    deferred: money(totalMinor - reversedMinor - recognizedMinor),
  };
}

const about = ({
  accountId,
  subscriptionId,
  invoiceId,
  lineNo,
  paymentId,
  liability,
  revenueCategory,
  from,
  to,
  bookedOn,
  version,
  changes,
}: Omit<RevenueScheduleRow, '_id' | 'currency' | 'totalMinor' | 'taxes' | 'lastOn'>) => ({
  accountId,
  subscriptionId,
  invoiceId,
  lineNo,
  paymentId,
  liability,
  revenueCategory,
  from,
  to,
  bookedOn,
  version,
  changes,
});

const mostDays = 3_660;

function daysOf(row: RevenueScheduleRow): { on: LocalDate; minor: number }[] {
  const days: { on: LocalDate; minor: number }[] = [];
  let before = 0;
  for (let on = row.bookedOn; on <= row.lastOn && days.length < mostDays; on = addDays(on, 1)) {
    const after = sumOf(recognizedThrough(row, on));
    if (after !== before) days.push({ on, minor: after - before });
    before = after;
  }
  return days;
}
