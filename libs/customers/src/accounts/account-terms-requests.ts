import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { instant } from '@tollkeeper/calendar';
import { capActions } from '@tollkeeper/contracts';
import {
  idField,
  instantField,
  localDateField,
  moneyField,
  pageQuery,
  reasonField,
} from '@tollkeeper/platform';

const when = instantField.transform(instant);

export class SetParent extends createZodDto(
  z.strictObject({
    parentAccountId: idField.nullable(),
    paidBy: z.enum(['itself', 'parent']).default('itself'),
    from: when.optional(),
    reason: reasonField,
  }),
) {}

const jurisdictionField = z
  .string()
  .regex(/^[A-Z]{2}(-[A-Z0-9]{1,3})?$/, 'must be a country, or country and region such as US-CA');

export class AddTaxCertificate extends createZodDto(
  z
    .strictObject({
      number: z.string().trim().min(1).max(80).describe('As the authority numbered it; printed on bills.'),
      jurisdiction: jurisdictionField,
      reason: z.string().trim().min(3, 'say why it frees of tax').max(200),
      validFromOn: localDateField,
      validToOn: localDateField.nullable().default(null).describe('First day on which it holds no more.'),
    })
    .refine(({ validFromOn, validToOn }) => validToOn === null || validFromOn < validToOn, {
      path: ['validToOn'],
      message: 'must be after validFromOn',
    }),
) {}

export class EndTaxCertificate extends createZodDto(
  z.strictObject({ validToOn: localDateField, reason: reasonField }),
) {}

export class SetTag extends createZodDto(
  z.strictObject({
    tag: z
      .string()
      .regex(/^[A-Za-z][A-Za-z0-9_-]{1,39}$/, 'must be a word of at most 40 letters, digits, _ or -')
      .describe('autoPayOff, invoicingOff and collectionHold are obeyed by processes; any other is free.'),
    reason: reasonField,
    until: when.optional().describe('Left out: until somebody ends it.'),
  }),
) {}

export class EndTag extends createZodDto(z.strictObject({ reason: reasonField })) {}

export class PutCreditClass extends createZodDto(
  z.strictObject({
    name: z.string().trim().min(1).max(80),
    creditLimit: moneyField.nullable().describe('null: no limit.'),
    deposit: moneyField.nullable().default(null).describe('null: none is asked.'),
    usageCap: moneyField.nullable().default(null).describe('Per billing period; null: none.'),
    dunningPolicyId: idField.nullable().default(null).describe("null: the tenant's own."),
    depositPer: z
      .enum(['account', 'subscription'])
      .default('account')
      .describe('One deposit for the account, or one for each of its subscriptions.'),
    depositReturnMonths: z
      .int()
      .min(1)
      .max(120)
      .nullable()
      .default(null)
      .describe(
        'Months without a collection after which it goes back; null: when the last service has ended.',
      ),
    capNotices: z
      .array(z.int().min(1).max(99))
      .max(5)
      .default([80])
      .describe('Percentages of the cap that are told; 100 always is.'),
    capAction: z
      .enum(capActions)
      .default('notify')
      .describe('At 100 % of the cap: tell only, or bar data or all that goes out until the next period.'),
    reason: reasonField,
  }),
) {}

export class AddNote extends createZodDto(
  z.strictObject({ text: z.string().trim().min(1).max(4000), pinned: z.boolean().default(false) }),
) {}

export class PinNote extends createZodDto(z.strictObject({ pinned: z.boolean() })) {}

export class SetCreditClass extends createZodDto(
  z.strictObject({ creditClass: idField.nullable(), reason: reasonField }),
) {}

export class NotesQuery extends createZodDto(
  pageQuery.extend({
    startingAfter: z
      .string()
      .regex(/^[0-9a-f]{24}$/, 'must be the id of the last row seen')
      .optional(),
  }),
) {}

export class CertificateParams extends createZodDto(
  z.strictObject({ accountId: idField, certificateId: idField }),
) {}
export class TagParams extends createZodDto(z.strictObject({ accountId: idField, tagId: idField })) {}
export class NoteParams extends createZodDto(
  z.strictObject({
    accountId: idField,
    noteId: z.string().regex(/^[0-9a-f]{24}$/, 'must be the id of a note'),
  }),
) {}
export class CreditClassParams extends createZodDto(z.strictObject({ code: idField })) {}
