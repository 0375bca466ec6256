import { identifierShapes } from '../domain/identifier-shapes';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { instant } from '@tollkeeper/calendar';
import { idField, instantField, pageQuery, reasonField } from '@tollkeeper/platform';
import { inventoryStates } from '../domain/inventory-moves';

const { msisdn } = identifierShapes;
const kind = z.enum(['msisdn', 'imsi', 'iccid']);
const value = z.string().regex(/^\d{7,22}$/, 'must be digits only');
const days = z.number().int().min(0).max(3650);

export class ImportNumberBlock extends createZodDto(
  z.strictObject({
    first: msisdn,
    last: msisdn,
    holder: z
      .string()
      .trim()
      .min(1)
      .max(120)
      .nullable()
      .default(null)
      .describe('The other operator whose range it is; null when it is ours, or our host network’s'),
    portedOut: z.array(msisdn).max(1000).default([]).describe('Numbers of it that are with another operator'),
  }),
) {}

export class ReserveIdentifiers extends createZodDto(
  z.strictObject({
    orderId: idField,
    identifiers: z.array(z.strictObject({ kind, value })).min(1).max(20),
    until: instantField.transform(instant),
  }),
) {}

export class InventorySettingsBody extends createZodDto(
  z.strictObject({
    numberAgeingDays: days.describe('Days that a number rests between two accounts'),
    simAgeingDays: days.nullable().describe('Days that a used SIM rests; null: it is never given again'),
    reason: reasonField,
  }),
) {}

export class TakeBackNumber extends createZodDto(z.strictObject({ reason: reasonField })) {}

export class InventoryListQuery extends createZodDto(
  pageQuery.extend({
    kind: kind.default('msisdn'),
    state: z.enum(inventoryStates).optional(),
    prefix: z
      .string()
      .regex(/^\d{1,22}$/, 'must be digits only')
      .optional(),
    startingAfter: value.optional(),
  }),
) {}

export class BlocksQuery extends createZodDto(pageQuery) {}
export class IdentifierParams extends createZodDto(z.strictObject({ kind, value })) {}
export class OrderParams extends createZodDto(z.strictObject({ orderId: idField })) {}
