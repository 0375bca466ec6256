import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { instant } from '@tollkeeper/calendar';
import { orderKinds, orderStates } from '@tollkeeper/contracts';
import { idField, instantField, pageQuery, reasonField } from '@tollkeeper/platform';
import { identifierShapes } from '../domain/identifier-shapes';

const when = instantField.transform(instant);
const { msisdn, imsi, iccid } = identifierShapes;

const placed = {
  reason: reasonField.optional(),
  effectiveAt: when.optional().describe('UTC instant; left out is now'),
};
const ofSubscription = { ...placed, subscriptionId: idField };
const atPeriodEnd = z
  .boolean()
  .optional()
  .describe(
    'True: at the end of the billing period, or of the period that is paid for; not with `effectiveAt`',
  );

const activation = z.strictObject({
  kind: z.literal('activation'),
  accountId: idField,
  offeringId: idField,
  identifiers: z
    .array(
      z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('msisdn'), value: msisdn }),
        z.strictObject({ kind: z.literal('imsi'), value: imsi }),
        z.strictObject({ kind: z.literal('iccid'), value: iccid }),
      ]),
    )
    .min(1, 'name at least the SIM (its iccid)')
    .max(20),
  externalId: idField.optional(),
  poolId: idField.optional(),
  ...placed,
});

const planChange = z.strictObject({
  kind: z.literal('planChange'),
  ...ofSubscription,
  offeringId: idField,
  atPeriodEnd,
});
const addOnChange = z.strictObject({
  kind: z.literal('addOnChange'),
  ...ofSubscription,
  offeringId: idField,
  action: z.enum(['add', 'remove']),
  atPeriodEnd,
});
const suspension = z.strictObject({ kind: z.literal('suspension'), ...ofSubscription });
const resumption = z.strictObject({ kind: z.literal('resumption'), ...ofSubscription });
const simSwap = z.strictObject({
  kind: z.literal('simSwap'),
  ...ofSubscription,
  iccid,
  imsi: imsi.optional(),
});
const numberChange = z.strictObject({ kind: z.literal('numberChange'), ...ofSubscription, msisdn });
const portIn = z.strictObject({
  kind: z.literal('portIn'),
  ...ofSubscription,
  msisdn: msisdn.describe('The number that comes in'),
  effectiveAt: when.describe('As agreed with the operator that it comes from'),
});
const portOut = z.strictObject({
  kind: z.literal('portOut'),
  ...ofSubscription,
  recipient: z.string().trim().min(1).max(120).optional().describe('The operator that it goes to'),
});
const termination = z.strictObject({
  kind: z.literal('termination'),
  ...ofSubscription,
  reason: reasonField,
  because: z
    .enum(['withdrawal'])
    .optional()
    .describe(
      '`withdrawal`: a consumer withdraws from the contract in time; left out, the contract ends as agreed',
    ),
  atPeriodEnd,
});
const transfer = z.strictObject({ kind: z.literal('transfer'), ...ofSubscription, toAccountId: idField });

const orderFields = z.discriminatedUnion('kind', [
  activation,
  planChange,
  addOnChange,
  suspension,
  resumption,
  simSwap,
  numberChange,
  portIn,
  portOut,
  termination,
  transfer,
]);

/** An order as it is asked for, by a person or by another part of the house. */
export type NewOrder = z.output<typeof orderFields>;
export type NewOrderOf<Kind extends NewOrder['kind']> = Extract<NewOrder, { kind: Kind }>;

export class PlaceOrder extends createZodDto(z.strictObject({ order: orderFields })) {}
export class OrderParams extends createZodDto(z.strictObject({ orderId: idField })) {}
export class SteerOrder extends createZodDto(z.strictObject({ reason: reasonField })) {}
export class OrdersQuery extends createZodDto(
  pageQuery.extend({
    accountId: idField.optional(),
    subscriptionId: idField.optional(),
    kind: z.enum(orderKinds).optional(),
    state: z.enum(orderStates).optional(),
  }),
) {}
