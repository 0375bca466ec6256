import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { addDuration } from '@tollkeeper/calendar';
import {
  Allow,
  badInput,
  BusinessClock,
  CurrentPrincipal,
  idField,
  instantField,
  type Principal,
} from '@tollkeeper/platform';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import type { BillLine } from '../domain/bill';
import { netOf } from '../domain/line-parts';
import type { Price } from '../domain/plan-change-price';
import { languageOf, lineSentence } from '../domain/sentences';
import { PlanChangePreviewService } from './plan-change-preview.service';

class PlanChangePreviewRequest extends createZodDto(
  z.strictObject({
    accountId: idField.describe('Who pays for the subscription.'),
    subscriptionId: idField,
    offeringId: idField.describe('The plan to change to.'),
    from: instantField.optional().describe('When the new plan begins. Without it: now.'),
  }),
) {}

/** A year and some weeks: nobody knows the prices after that. */
const mostDaysAhead = 400;

@ApiTags('invoicing')
@Controller('v1/invoicing/plan-changes')
export class PlanChangePreviewController {
  constructor(
    private readonly previews: PlanChangePreviewService,
    private readonly clock: BusinessClock,
  ) {}

  @Post('preview')
  @HttpCode(200)
  @Allow({ roles: ['billing', 'care'], scope: 'invoicing:read' })
  @ApiOperation({
    summary: 'What a change of plan would cost',
    description:
      'By the function that makes bills; nothing is written. First the exact prorated price of the days before the next cut-off (below 0: given back), then which lines the next bill gains and loses, each with its sentence, and what that bill is without and with the change. Usage is left out of both.',
  })
  async preview(
    @CurrentPrincipal() { tenantId }: Principal,
    @Body() { from, ...change }: PlanChangePreviewRequest,
  ) {
    const now = await this.clock.now(tenantId);
    const at = from ?? now;
    if (at > addDuration(now, { days: mostDaysAhead }))
      throw badInput('from', `${at} is too far ahead.`, `Name a day within ${mostDaysAhead} days.`);
    const { cutOffOn, currency, language, prorated, added, removed, before, after } =
      await this.previews.price(tenantId, { ...change, from: at });
    const money = (minor: number) => ({ minor, currency });
    const price = ({ netMinor, taxMinor, totalMinor }: Price) => ({
      net: money(netMinor),
      tax: money(taxMinor),
      total: money(totalMinor),
    });
    const shown = (line: BillLine) => ({
      description: line.description,
      from: line.from,
      to: line.to,
      net: money(netOf(line)),
      sentence: lineSentence(line, currency, languageOf(language)),
    });
    return {
      ...change,
      from: at,
      prorated: price(prorated),
      nextBill: {
        cutOffOn,
        added: added.map(shown),
        removed: removed.map(shown),
        without: price(before),
        with: price(after),
      },
    };
  }
}
