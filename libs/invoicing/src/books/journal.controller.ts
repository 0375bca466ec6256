import { Controller, Get, Param, Query, Res, StreamableFile } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { createHash } from 'node:crypto';
import {
  Allow,
  badInput,
  CurrentPrincipal,
  localDateField,
  pageOf,
  pageQuery,
  type Principal,
} from '@tollkeeper/platform';
import type { Response } from 'express';
import { createZodDto } from 'nestjs-zod';
import type { JournalDayRow } from './books.schema';
import { journalFiles, JournalText, shownTotal } from './domain/journal-text';
import { JournalRepository } from './journal.repository';
import { fileNamed, JournalService } from './journal.service';

class DaysQuery extends createZodDto(pageQuery.extend({ startingAfter: localDateField.optional() })) {}

const read = {
  roles: ['finance' as const, 'billing' as const, 'auditor' as const],
  scope: 'invoicing:read' as const,
};

@ApiTags('invoicing')
@Controller('v1/invoicing/journal')
export class JournalController {
  constructor(
    private readonly rows: JournalRepository,
    private readonly journal: JournalService,
  ) {}

  @Get()
  @Allow(read)
  @ApiOperation({
    summary: 'Closed days that have postings, newest first',
    description: '`startingAfter` is a date. Each file is named with its sha256; a closed day never changes.',
  })
  async list(@CurrentPrincipal() { tenantId }: Principal, @Query() { limit, startingAfter }: DaysQuery) {
    const { data, hasMore } = pageOf(await this.rows.list(tenantId, limit + 1, startingAfter), limit);
    return { data: data.map(shown), hasMore };
  }

  @Get(':on')
  @Allow(read)
  @ApiOperation({
    summary: "A closed day's totals per ledger account",
    description:
      'Amounts as exact decimals of the currency. 409 `dayOpen` for a day that still takes postings.',
  })
  async day(@CurrentPrincipal() { tenantId }: Principal, @Param('on') on: string) {
    const row = await this.journal.requireClosed(tenantId, dateOf(on));
    return row
      ? { ...shown(row), totals: row.totals.map(shownTotal) }
      : { on, closedAt: null, postings: 0, files: emptyFiles(on), totals: [] };
  }

  @Get(':on/:file')
  @Allow(read)
  @ApiProduces('text/csv', 'application/json')
  @ApiOperation({
    summary: 'Download `journal.json`, `postings.csv` or `totals.csv` of a closed day',
    description:
      'The same bytes each time; `Content-SHA256` carries their hash. CSV by RFC 4180 with a header; `debit` and `credit` are exact decimals.',
  })
  async download(
    @CurrentPrincipal() { tenantId }: Principal,
    @Param('on') on: string,
    @Param('file') file: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile> {
    const name = fileNamed(file);
    const body = await this.journal.file(tenantId, dateOf(on), name);
    response.setHeader('Content-SHA256', sha256(body));
    return new StreamableFile(body, {
      type: name.endsWith('.json') ? 'application/json' : 'text/csv; charset=utf-8',
      disposition: `attachment; filename="${on}-${name}"`,
    });
  }
}

const sha256 = (body: Buffer): string => createHash('sha256').update(body).digest('hex');

const dateOf = (on: string): string => {
  if (!localDateField.safeParse(on).success) throw badInput('on', `"${on}" is no date such as 2026-01-31.`);
  return on;
};

const shown = ({ on, closedAt, postings, files }: JournalDayRow) => ({
  on,
  closedAt,
  postings,
  files: journalFiles.map((name) => ({ name, sha256: files[name].sha256, bytes: files[name].count })),
});

const emptyFiles = (on: string) => {
  const texts = new JournalText(on).files();
  return journalFiles.map((name) => ({ name, sha256: sha256(texts[name]), bytes: texts[name].length }));
};
