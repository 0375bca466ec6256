import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
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
import { SellerRepository } from './seller.repository';

const thirdPartyField = z
  .strictObject({
    provider: z.strictObject({
      name: z.string().trim().min(1).max(100),
      phone: z.string().trim().min(3).max(30).optional().describe('Left out: the operator’s own number.'),
    }),
    offeringId: idField.optional(),
    taxCode: z.string().min(1).max(60).optional(),
    usageType: z.enum(['voice', 'sms', 'data', 'video', 'mms', 'event']).optional(),
  })
  .refine(
    ({ offeringId, taxCode, usageType }) => Boolean(offeringId ?? taxCode ?? usageType),
    'say which charges: offeringId, taxCode or usageType',
  );

class SellerRequest extends createZodDto(
  z.strictObject({
    prefix: z
      .string()
      .regex(/^[A-Z0-9-]{0,12}$/, 'capitals, digits and - only')
      .describe('Before the invoice number.'),
    creditNotePrefix: z
      .string()
      .regex(/^[A-Z0-9-]{0,12}$/, 'capitals, digits and - only')
      .optional()
      .describe('Before the number of a credit note; its series is its own. Left out: `CN-`.'),
    digits: z.number().int().min(1).max(12).describe('Least digits of the number, filled up with zeros.'),
    taxRegistration: z.string().trim().min(2).max(60).nullable(),
    paymentText: z.string().trim().min(1).max(400).describe('How the bill is paid, as printed on it.'),
    thirdParties: z
      .array(thirdPartyField)
      .max(100)
      .optional()
      .describe(
        'Charges that are collected for others (47 CFR 64.2401): each has its provider on the bill, in a section of its own. Left out: none.',
      ),
    reason: reasonField,
  }),
) {}

@ApiTags('invoicing')
@Controller('v1/invoicing/seller')
export class SellerController {
  constructor(
    private readonly sellers: SellerRepository,
    private readonly changes: SettingChanges,
  ) {}

  @Get()
  @Allow({ roles: ['finance', 'billing', 'auditor'], scope: 'invoicing:read' })
  @ApiOperation({ summary: 'What bills say of the seller: tax registration, number format, how to pay' })
  async show(@CurrentPrincipal() { tenantId }: Principal) {
    const { prefix, creditNotePrefix, digits, taxRegistration, paymentText, thirdParties } =
      await this.sellers.find(tenantId);
    return {
      prefix,
      creditNotePrefix: creditNotePrefix ?? 'CN-',
      digits,
      taxRegistration,
      paymentText,
      thirdParties: thirdParties ?? [],
    };
  }

  @Put()
  @Allow({ roles: ['finance'], scope: 'invoicing:write' })
  @ApiOperation({
    summary: 'Change it',
    description: 'Holds for bills that are numbered from now on; the series counts on.',
  })
  put(@CurrentPrincipal() principal: Principal, @Body() { reason, ...seller }: SellerRequest) {
    return this.changes.put(principal, {
      ...{ what: 'putSeller', entity: 'seller', reason, after: seller },
      before: (tenantId) => this.sellers.find(tenantId),
      save: (tenantId, changed) => this.sellers.put(tenantId, changed),
    });
  }
}
