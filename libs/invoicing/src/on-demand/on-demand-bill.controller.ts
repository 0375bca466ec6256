import { Body, Controller, HttpCode, Post, UseInterceptors } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  Allow,
  CurrentPrincipal,
  idField,
  Idempotent,
  type Permission,
  type Principal,
  reasonField,
} from '@tollkeeper/platform';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { OnDemandBillService } from './on-demand-bill.service';

const wanted = {
  accountId: idField,
  charges: z
    .enum(['all', 'oneOffOnly'])
    .describe(
      '`all`: what is due by now (charges in advance that have begun, in arrears what has ended, usage rated so far, one-off charges up to today); `oneOffOnly`: one-off charges up to today and nothing else.',
    ),
};

class OnDemandBillRequest extends createZodDto(z.strictObject({ ...wanted, reason: reasonField })) {}
class OnDemandPreviewRequest extends createZodDto(z.strictObject(wanted)) {}

const billers: Permission = { roles: ['billing', 'finance'], scope: 'invoicing:write' };
const purposeOf = { all: 'onDemand', oneOffOnly: 'oneOff' } as const;

@ApiTags('invoicing')
@Controller('v1/invoicing/on-demand-bills')
export class OnDemandBillController {
  constructor(private readonly bills: OnDemandBillService) {}

  @Post()
  @HttpCode(202)
  @Allow(billers)
  @UseInterceptors(Idempotent)
  @ApiOperation({
    summary: 'Bill one account now',
    description:
      'A run of its own by the path of every run: draft, approval where the cycle asks for it, number, PDF, mail. Answers its `id`: `GET /v1/invoicing/runs/{id}` and `/accounts` say what became of it. The next bill goes on from this one and has nothing of it again; the usage period stays open with its allowances and tiers; minimums are settled by the bill of the cut-off and count what was billed on demand. Nothing to bill makes no bill. 404: no such account. 409 `noCycle`, `invoicingOff`, `billUnderWay` (another one of this account is being made), `cutOffOpen` (the bill of the last cut-off has to be made first).',
  })
  async start(
    @CurrentPrincipal() principal: Principal,
    @Body() { accountId, charges, reason }: OnDemandBillRequest,
  ) {
    const run = await this.bills.start(principal, { accountId, purpose: purposeOf[charges], reason });
    return { id: run._id, accountId, on: run.cutOffOn, state: run.state };
  }

  @Post('preview')
  @HttpCode(202)
  @Allow(billers)
  @UseInterceptors(Idempotent)
  @ApiOperation({
    summary: 'Preview a bill on demand',
    description:
      'By the code of the real one, nothing written. Answers the id to ask for at `GET /v1/invoicing/previews/{id}`. Refused as the bill itself would be.',
  })
  async preview(
    @CurrentPrincipal() principal: Principal,
    @Body() { accountId, charges }: OnDemandPreviewRequest,
  ) {
    return { id: await this.bills.preview(principal, { accountId, purpose: purposeOf[charges] }) };
  }
}
