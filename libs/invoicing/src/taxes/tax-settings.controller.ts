import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { isRate } from '@tollkeeper/money';
import {
  Allow,
  CurrentPrincipal,
  idField,
  type Principal,
  reasonField,
  SettingChanges,
} from '@tollkeeper/platform';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { TaxSettingsRepository } from './tax-settings.repository';

const share = z
  .string()
  .refine((text) => isRate(text) && /^(100(\.0+)?|\d{1,2}(\.\d+)?)$/.test(text), 'must be from "0" to "100"');

class TaxSettingsRequest extends createZodDto(
  z.strictObject({
    notCharged: z
      .array(idField)
      .max(50)
      .default([])
      .describe('Taxes that the seller does not charge, such as the USF of a de-minimis carrier.'),
    shares: z
      .record(idField, share)
      .default({})
      .describe('Percent of the base that each tax reaches, from a traffic study.'),
    pricesIncludeTax: z.boolean().default(false),
    placeBy: z.enum(['address', 'telecom']).default('address'),
    establishedIn: z
      .string()
      .regex(/^[A-Z]{2}$/, 'must be an ISO 3166 country such as DE')
      .nullable()
      .default(null)
      .describe("Null: the country of the operator's profile."),
    belowUnionThreshold: z
      .boolean()
      .default(false)
      .describe(
        'With `placeBy: telecom`: consumers of other member states are taxed at home, as long as the seller sells them less than 10,000 EUR a year (Directive 2006/112/EC Art. 59c).',
      ),
    reason: reasonField,
  }),
) {}

@ApiTags('invoicing')
@Controller('v1/invoicing/tax-settings')
export class TaxSettingsController {
  constructor(
    private readonly settings: TaxSettingsRepository,
    private readonly changes: SettingChanges,
  ) {}

  @Get()
  @Allow({ roles: ['finance', 'billing', 'auditor'], scope: 'invoicing:read' })
  @ApiOperation({ summary: 'How the seller charges tax' })
  show(@CurrentPrincipal() { tenantId }: Principal) {
    return this.settings.find(tenantId);
  }

  @Put()
  @Allow({ roles: ['finance'], scope: 'invoicing:write' })
  @ApiOperation({
    summary: 'Change it, as a whole',
    description:
      "Holds for bills that are drafted from now on. `notCharged`: 47 CFR 54.708 frees a carrier whose contribution is below 10,000 USD a year. `pricesIncludeTax`: the promised gross price stays to the cent and the bill says the tax in it; such a tenant's table may only have taxes that are plain percentages. `placeBy: telecom`: consumers are taxed where the SIM's country code says, unless three items of evidence agree on another country; businesses with a checked VAT number where they are established, in another member state by reverse charge (Directive 2006/112/EC Art. 44, 58, 196; Implementing Regulation 282/2011 Art. 24b, 24d).",
  })
  put(@CurrentPrincipal() principal: Principal, @Body() { reason, ...after }: TaxSettingsRequest) {
    return this.changes.put(principal, {
      ...{ what: 'putTaxSettings', entity: 'taxSettings', reason, after },
      before: (tenantId) => this.settings.find(tenantId),
      save: (tenantId, changed) => this.settings.put(tenantId, changed),
    });
  }
}
