import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { instant, isLocalDate, isZone } from '@tollkeeper/calendar';
import {
  Allow,
  BusinessClock,
  CurrentPrincipal,
  idField,
  instantField,
  type Permission,
  type Principal,
  reasonField,
} from '@tollkeeper/platform';
import type { WholesaleAgreementRow } from './wholesale.schema';
import { WholesaleService } from './wholesale.service';

const mostNetworks = 1_000;

class PartnerParam extends createZodDto(z.strictObject({ partnerId: idField })) {}
class AgreementBody extends createZodDto(
  z.strictObject({
    name: z.string().trim().min(1).max(200),
    deckId: idField,
    networks: z
      .array(z.string().regex(/^\d{3}(\d{2,3})?$/, 'must be an MCC, or an MCC and MNC'))
      .min(1)
      .max(mostNetworks),
    directions: z
      .array(z.enum(['outgoing', 'incoming', 'forwarded']))
      .min(1)
      .optional(),
    usageTypes: z
      .array(z.enum(['voice', 'video', 'sms', 'mms', 'data', 'event']))
      .min(1)
      .optional(),
    zone: z.string().refine(isZone, 'must be an IANA time zone such as Europe/Berlin'),
    validFrom: instantField,
    validTo: instantField.nullable().default(null),
    reason: reasonField,
  }),
) {}
class TotalsQuery extends createZodDto(
  z.strictObject({
    partnerId: idField,
    period: z
      .string()
      .refine((text) => isLocalDate(text) && text.endsWith('-01'), 'must be the first day of a month'),
  }),
) {}

const readers: Permission = { roles: ['billing', 'finance', 'auditor'], scope: 'rating:read' };

@ApiTags('rating')
@Controller('v1/rating')
export class WholesaleController {
  constructor(
    private readonly wholesale: WholesaleService,
    private readonly clock: BusinessClock,
  ) {}

  @Get('wholesale-agreements')
  @Allow(readers)
  @ApiOperation({ summary: 'Agreements with host networks, by partner' })
  async list(@CurrentPrincipal() { tenantId }: Principal) {
    return { data: (await this.wholesale.agreements(tenantId)).map(viewOf), hasMore: false };
  }

  @Get('wholesale-agreements/:partnerId')
  @Allow(readers)
  @ApiOperation({ summary: 'The agreement with one host network' })
  async load(@CurrentPrincipal() { tenantId }: Principal, @Param() { partnerId }: PartnerParam) {
    return viewOf(await this.wholesale.agreement(tenantId, partnerId));
  }

  @Put('wholesale-agreements/:partnerId')
  @Allow({ roles: ['billing'], scope: 'rating:write' })
  @ApiOperation({
    summary: 'Say what a host network charges, and for which traffic',
    description:
      'Every record on one of `networks` (MCC, or MCC and MNC of the serving network) of the `directions` and `usageTypes` ' +
      '(left out: all) is rated a second time by the deck `deckId`, with a state for each SIM and calendar month in `zone`. ' +
      'The charge is kept beside the retail one and is on no subscriber’s bill. Holds for records that come from now on.',
  })
  async keep(
    @CurrentPrincipal() principal: Principal,
    @Param() { partnerId }: PartnerParam,
    @Body() { reason, validFrom, validTo, ...terms }: AgreementBody,
  ) {
    const dated = { ...terms, validFrom: instant(validFrom), validTo: validTo && instant(validTo) };
    const at = await this.clock.now(principal.tenantId);
    return viewOf(await this.wholesale.keep(principal, partnerId, dated, reason, at));
  }

  @Get('wholesale/totals')
  @Allow(readers)
  @ApiOperation({
    summary: 'What a host network is owed for a month, by kind, direction, zone and network',
    description:
      '`period` is the first day of the month. Amounts are 10^-6 of the major unit of `currency`; lines `inSuspense` ' +
      'count traffic that the partner’s deck has no price for.',
  })
  async totals(@CurrentPrincipal() { tenantId }: Principal, @Query() { partnerId, period }: TotalsQuery) {
    return { partnerId, period, data: await this.wholesale.totals(tenantId, partnerId, period) };
  }
}

const viewOf = ({ _id, ...agreement }: WholesaleAgreementRow) => {
  const { partnerId, name, deckId, currency, networks, directions, usageTypes, zone, validFrom, validTo } =
    agreement;
  return { partnerId, name, deckId, currency, networks, directions, usageTypes, zone, validFrom, validTo };
};
