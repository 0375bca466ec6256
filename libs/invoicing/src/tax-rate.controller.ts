import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { isRate } from '@tollkeeper/money';
import {
  Allow,
  AuditLog,
  BusinessClock,
  CurrentPrincipal,
  idField,
  localDateField,
  type Principal,
  reasonField,
  ServiceDatabase,
} from '@tollkeeper/platform';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { TaxRateRepository } from './tax-rate.repository';

const taxRate = z
  .strictObject({
    taxId: idField,
    name: z.string().trim().min(1).max(80).describe('As printed on the bill.'),
    jurisdiction: z
      .string()
      .regex(/^[A-Z]{2}(-[A-Z0-9]{1,3})?$/, 'must be a country, or country and region such as US-CA'),
    taxCodes: z.array(z.string().min(1).max(64)).min(1).max(50),
    percent: z
      .string()
      .refine((text) => isRate(text) && !text.startsWith('-'), 'must be a decimal such as "8.875"'),
    rounding: z.enum(['halfUp', 'halfEven', 'up', 'down']).default('halfUp'),
    validFrom: localDateField,
    validTo: localDateField.nullable().default(null).describe('First day on which the rate holds no more.'),
    law: z.string().trim().min(1).max(300).describe('The law that sets the rate.'),
  })
  .refine(({ validFrom, validTo }) => validTo === null || validFrom < validTo, {
    path: ['validTo'],
    message: 'must be after validFrom',
  });

class TaxRatesRequest extends createZodDto(
  z.strictObject({ rates: z.array(taxRate).min(1).max(500), reason: reasonField }),
) {}

@ApiTags('invoicing')
@Controller('v1/invoicing/tax-rates')
export class TaxRateController {
  constructor(
    private readonly db: ServiceDatabase,
    private readonly rates: TaxRateRepository,
    private readonly audit: AuditLog,
    private readonly clock: BusinessClock,
  ) {}

  @Get()
  @Allow({ roles: ['finance', 'billing', 'care', 'auditor'], scope: 'invoicing:read' })
  @ApiOperation({ summary: 'The tax table' })
  async list(@CurrentPrincipal() { tenantId }: Principal) {
    return {
      data: (await this.rates.all(tenantId)).map(({ _id, ...rate }) => ({
        id: _id.slice(tenantId.length + 1),
        ...rate,
      })),
    };
  }

  @Put()
  @Allow({ roles: ['finance', 'billing'], scope: 'invoicing:write' })
  @ApiOperation({
    summary: 'Add or replace dated rates',
    description:
      'A row is found by taxId, jurisdiction and validFrom. Every charge with an amount needs a row for its tax code in the account\'s country or region on its last service day; `"percent": "0"` says untaxed. An account without one is set aside by the run.',
  })
  async put(@CurrentPrincipal() principal: Principal, @Body() { rates, reason }: TaxRatesRequest) {
    const at = await this.clock.now(principal.tenantId);
    await this.db.transaction(async () => {
      await this.rates.put(principal.tenantId, rates);
      await this.audit.record(principal, {
        at,
        what: 'putTaxRates',
        entity: 'taxRates',
        after: rates,
        reason,
      });
    });
    return { stored: rates.length };
  }
}
