import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { currencyField, idField, pageQuery, positiveMoneyField, reasonField } from '@tollkeeper/platform';
import { charsets, dateFormats } from '../domain/statements/read-csv';

const column = z.string().trim().min(1).max(100);
const csv = z.strictObject({
  charset: z.enum(charsets).default('utf-8'),
  delimiter: z.enum([',', ';', '\t', '|']),
  skipLines: z
    .number()
    .int()
    .min(0)
    .max(50)
    .default(0)
    .describe('Lines before the one that names the columns.'),
  decimal: z.enum([',', '.']),
  dateFormat: z.enum(dateFormats),
  columns: z.strictObject({
    bookedOn: column,
    amount: column.optional().describe('Signed, or unsigned with `sign`. Else `credit` and `debit`.'),
    credit: column.optional(),
    debit: column.optional(),
    sign: column.optional(),
    currency: column.optional(),
    name: column.optional(),
    iban: column.optional(),
    text: z.array(column).min(1).max(10),
    bankReference: column.optional(),
    endToEndId: column.optional(),
    creditorReference: column.optional(),
  }),
  debitSigns: z.array(z.string().min(1).max(20)).max(10).optional(),
});

export class PutBankAccount extends createZodDto(
  z.strictObject({
    name: z.string().trim().min(1).max(100),
    account: z
      .string()
      .regex(/^[A-Za-z0-9][A-Za-z0-9 -]{2,41}$/, 'must be an IBAN or an account number')
      .describe('IBAN, or the number as the bank writes it.'),
    currency: currencyField,
    csv: csv.nullable().default(null).describe('How this bank writes CSV; null: camt.053 only.'),
    reason: reasonField,
  }),
) {}

export class StatementQuery extends createZodDto(
  z.strictObject({
    fileName: z.string().trim().min(1).max(200).default('statement'),
    bankAccountId: idField.optional(),
  }),
) {}

const states = ['received', 'booked', 'unmatched', 'settled', 'reversed'] as const;
export class BankEntriesQuery extends createZodDto(
  pageQuery.extend({
    state: z.enum(states).optional(),
    importId: idField.optional(),
    accountId: idField.optional(),
  }),
) {}

export class AssignBankEntry extends createZodDto(
  z.strictObject({
    parts: z
      .array(
        z.strictObject({ accountId: idField, invoiceId: idField.optional(), amount: positiveMoneyField }),
      )
      .min(1)
      .max(50),
    sendBackRest: z.boolean().default(false),
    reason: reasonField,
  }),
) {}

export class UndoBankEntry extends createZodDto(
  z.strictObject({
    paymentIds: z
      .array(idField)
      .min(1)
      .max(50)
      .optional()
      .describe('Of a split, the payments that are wrong. Left out: all that was decided.'),
    reason: reasonField,
  }),
) {}

export class SettleBankEntry extends createZodDto(
  z.strictObject({
    as: z.enum(['sentBack', 'gateway', 'elsewhere', 'knownPayout']),
    gateway: z
      .string()
      .regex(/^[a-zA-Z]{2,30}$/, 'must be the name of a clearing account')
      .optional()
      .describe('Of `gateway`: whose payout or fee it is, such as `stripe`.'),
    reason: reasonField,
  }),
) {}
