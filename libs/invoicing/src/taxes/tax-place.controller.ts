import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  Allow,
  CurrentPrincipal,
  idField,
  instantField,
  notFound,
  pageOf,
  pageQuery,
  type Principal,
  reasonField,
} from '@tollkeeper/platform';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { TaxPlaceRepository } from './tax-place.repository';
import type { TaxPlaceRow } from './tax-place.schema';
import { TaxPlaceService } from './tax-place.service';

const country = z.string().regex(/^[A-Z]{2}$/, 'must be an ISO 3166 country such as DE');

class TaxFactsRequest extends createZodDto(
  z.strictObject({
    customer: z.enum(['consumer', 'business']),
    vatNumber: z
      .strictObject({
        number: z.string().regex(/^[A-Z]{2}[A-Z0-9+*.]{2,14}$/, 'must be a VAT number such as ATU12345678'),
        country,
        valid: z.boolean().describe("The register's answer."),
        checkedAt: instantField,
        consultation: z.string().trim().min(1).max(80).nullable().default(null),
      })
      .nullable()
      .default(null),
    evidence: z
      .array(
        z.strictObject({
          kind: z.enum(['billingAddress', 'bankCountry', 'ipAddress', 'fixedLine', 'declaration', 'other']),
          country,
          source: z.string().trim().min(1).max(200).describe('Where it can be found again.'),
        }),
      )
      .max(20)
      .default([]),
    placesOfUse: z
      .array(
        z.strictObject({
          subscriptionId: idField,
          address: z.strictObject({
            lines: z.array(z.string().trim().min(1).max(100)).min(1).max(4),
            city: z.string().trim().min(1).max(80),
            region: z.string().trim().max(10).default(''),
            postalCode: z.string().trim().min(1).max(16),
            country,
          }),
        }),
      )
      .max(200)
      .optional()
      .describe('Services that are used mainly elsewhere than at the account’s address (4 U.S.C. § 124(8)).'),
    reason: reasonField,
  }),
) {}

class DecisionRequest extends createZodDto(
  z.strictObject({
    jurisdictions: z
      .array(z.string().regex(/^[A-Z]{2}(-[A-Z0-9]+)*$/, 'must be a place such as US-TX-AUSTIN'))
      .min(1)
      .max(10)
      .describe('From the widest to the narrowest.'),
    reason: reasonField,
  }),
) {}

class AccountParam extends createZodDto(z.strictObject({ accountId: idField })) {}
class PageQuery extends createZodDto(pageQuery) {}

@ApiTags('invoicing')
@Controller('v1/invoicing/tax-places')
export class TaxPlaceController {
  constructor(
    private readonly service: TaxPlaceService,
    private readonly places: TaxPlaceRepository,
  ) {}

  @Get('review')
  @Allow({ roles: ['finance', 'billing', 'care', 'auditor'], scope: 'invoicing:read' })
  @ApiOperation({
    summary: 'Accounts whose place for tax a person should look at',
    description:
      'A bare ZIP code in two places, a code that the table does not know or that contradicts the state, evidence against the SIM that does not rebut it, a business without a checked VAT number. Meanwhile they are taxed by what is sure.',
  })
  async review(@CurrentPrincipal() { tenantId }: Principal, @Query() { limit, startingAfter }: PageQuery) {
    const rows = await this.places.inReview(tenantId, limit + 1, startingAfter);
    return pageOf(rows.map(viewOf), limit);
  }

  @Get(':accountId')
  @Allow({ roles: ['finance', 'billing', 'care', 'auditor'], scope: 'invoicing:read' })
  @ApiOperation({ summary: 'What is recorded of an account for tax, and where it is taxed' })
  async show(@CurrentPrincipal() { tenantId }: Principal, @Param() { accountId }: AccountParam) {
    const row = await this.places.find(tenantId, accountId);
    if (!row) throw notFound('tax place', accountId);
    return viewOf(row);
  }

  @Put(':accountId')
  @Allow({ roles: ['finance', 'billing'], scope: 'invoicing:write' })
  @ApiOperation({
    summary: 'Record what is known of an account for tax, as a whole',
    description:
      "Business or consumer, a VAT number with the answer of the register (VIES) and its consultation number, and evidence of a consumer's country. Three items of different kinds that agree on one country rebut the presumption by SIM (Implementing Regulation 282/2011 Art. 24d). A service with a place of primary use of its own (United States), or with a SIM of another country (European Union), is taxed there: lines of one bill may have different places. A business with a valid number in another member state is billed by reverse charge (Directive 2006/112/EC Art. 196).",
  })
  async put(
    @CurrentPrincipal() principal: Principal,
    @Param() { accountId }: AccountParam,
    @Body() facts: TaxFactsRequest,
  ) {
    const resolved = await this.service.recordFacts(principal, accountId, facts);
    return { accountId, ...resolved };
  }

  @Post(':accountId/decision')
  @HttpCode(200)
  @Allow({ roles: ['finance', 'billing'], scope: 'invoicing:write' })
  @ApiOperation({
    summary: 'Decide where an account is taxed',
    description:
      'Holds for bills that are frozen from now on, until the address changes. The same decision again changes nothing.',
  })
  async decide(
    @CurrentPrincipal() principal: Principal,
    @Param() { accountId }: AccountParam,
    @Body() { jurisdictions, reason }: DecisionRequest,
  ) {
    const resolved = await this.service.decide(principal, accountId, jurisdictions, reason);
    return { accountId, ...resolved };
  }
}

const viewOf = ({ accountId, facts, resolved, resolvedAt }: TaxPlaceRow) => ({
  accountId,
  facts,
  place: resolved?.place ?? null,
  review: resolved?.review ?? null,
  candidates: resolved?.candidates ?? [],
  resolvedAt,
});
