import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { instant } from '@tollkeeper/calendar';
import { dunningActionKinds } from '@tollkeeper/contracts';
import { isRate } from '@tollkeeper/money';
import {
  currencyField,
  idField,
  instantField,
  localDateField,
  pageQuery,
  positiveMoneyField,
  reasonField,
} from '@tollkeeper/platform';
import { holdKinds } from './dunning/collection.schema';
import { gatewayNames } from './gateway/gateways';
import { methodKinds } from './methods/payment-method.schema';

const accountId = idField;
const pointInTime = instantField.transform(instant);
const ofAccount = pageQuery.extend({ accountId: accountId.optional() });
const reference = z.string().trim().min(1).max(140);

export class IdParams extends createZodDto(z.strictObject({ id: idField })) {}

export class RecordPayment extends createZodDto(
  z.strictObject({
    accountId,
    invoiceId: idField.optional(),
    amount: positiveMoneyField,
    method: z
      .enum(['bank', 'cash', 'cheque', 'agent'])
      .describe('`agent`: a shop took it for us, and owes it to us; `reference` is the receipt it gave.'),
    purpose: z.enum(['invoice', 'deposit']).default('invoice'),
    reference,
    receivedAt: pointInTime,
  }),
) {}
export class PaymentsQuery extends createZodDto(ofAccount.extend({ invoiceId: idField.optional() })) {}

const attemptStates = [
  'created',
  'pending',
  'succeeded',
  'requiresAction',
  'declined',
  'cancelled',
  'gatewayFailure',
  'unknown',
] as const;
export class AttemptsQuery extends createZodDto(
  ofAccount.extend({ invoiceId: idField.optional(), state: z.enum(attemptStates).optional() }),
) {}
export class UndecidedQuery extends createZodDto(pageQuery) {}
export class DecideAttempt extends createZodDto(
  z.strictObject({
    outcome: z.enum(['paid', 'notPaid']),
    gatewayId: z
      .string()
      .regex(/^[\w.-]{1,200}$/, "must be the gateway's id of the charge")
      .optional()
      .describe("The charge in the gateway's own books; required with `paid`."),
    reason: reasonField,
  }),
) {}
const routingRule = z.strictObject({
  kinds: z.array(z.enum(methodKinds)).min(1).max(methodKinds.length).optional(),
  currencies: z
    .array(z.string().regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code'))
    .min(1)
    .max(50)
    .optional(),
  gateways: z.array(z.enum(gatewayNames)).min(1).max(gatewayNames.length),
});
export class PutPayer extends createZodDto(
  z.strictObject({
    autoPay: z.boolean(),
    backupMethodId: idField.nullable().default(null),
    autoPayDaysBefore: z.number().int().min(0).max(14).default(0),
    autoPayDay: z.number().int().min(1).max(31).nullable().default(null),
    autoPayNoticeDays: z.number().int().min(0).max(14).default(0),
    autoPayCap: positiveMoneyField.nullable().default(null),
  }),
) {}
export class PutDebitSettings extends createZodDto(
  z.strictObject({
    sepaCreditorId: z
      .string()
      .regex(/^[A-Z]{2}\d{2}[A-Z0-9]{3}[A-Z0-9]{1,28}$/, 'must be a creditor identifier (EPC262-08)')
      .nullable(),
    achCompanyId: z
      .string()
      .regex(/^[A-Z0-9]{10}$/, 'must be a company identification of ten characters')
      .nullable(),
    reason: reasonField,
  }),
) {}
export class PutGatewayRouting extends createZodDto(
  z.strictObject({ rules: z.array(routingRule).max(50), reason: reasonField }),
) {}
export class WebhookTenant extends createZodDto(z.strictObject({ tenantId: idField })) {}
const reversalStates = ['opened', 'won', 'lost', 'returned', 'refundedByPayer', 'undone'] as const;
export class ReversalsQuery extends createZodDto(
  ofAccount.extend({ state: z.enum(reversalStates).optional() }),
) {}
export class PayablesQuery extends createZodDto(ofAccount.extend({ open: z.stringbool().optional() })) {}

export class AutoPayConsent extends createZodDto(z.strictObject({ amount: positiveMoneyField })) {}
export class PayNowBody extends createZodDto(z.strictObject({ accountId: accountId.optional() })) {}

const code = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9_]{0,59}$/,
    'must be a code of a decline or a return, such as insufficient_funds or AM04',
  );
const percent = z.string().refine(isRate, 'must be a plain decimal, such as "5.5"');
const minor = z.number().int().min(1).max(1_000_000_000_000);
const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be HH:MM');
const fee = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('fixed'), minor }),
  z.strictObject({ kind: z.literal('percent'), percent }),
  z.strictObject({
    kind: z.literal('interest'),
    rate: z.union([z.literal('statutory'), percent]).describe('`statutory`, or a yearly percentage'),
    lumpSum: z.union([z.literal('statutory'), minor]).optional(),
  }),
]);
const retries = z.strictObject({
  maxAttempts: z.number().int().min(1).max(50),
  start: z.enum(['opening', 'decline']),
  daysBetween: z.number().int().min(0).max(180).optional().describe('MORE than so many days lie between two'),
  waitHours: z.record(code, z.array(z.number().int().min(1).max(4_320)).max(50)).optional(),
  countedFrom: z.enum(['firstDecline', 'lastDecline']).optional(),
  withinDays: z.number().int().min(1).max(180).optional(),
});
const forbidden = z.strictObject({
  weekdays: z.array(z.number().int().min(1).max(7)).max(7).optional(),
  holidays: z.boolean().optional(),
  dates: z.array(localDateField).max(400).optional(),
  quietHours: z.strictObject({ from: clockTime, to: clockTime }).optional(),
});
const promises = z.strictObject({
  maxDays: z.number().int().min(1).max(180),
  maxPerCase: z.number().int().min(0).max(50),
  graceDays: z.number().int().min(0).max(14),
});

const action = z.strictObject({
  kind: z.enum(dunningActionKinds),
  channel: z.enum(['email']).optional(),
  notice: z.boolean().optional(),
  fee: fee.optional(),
  template: z
    .string()
    .regex(/^[a-z][A-Za-z0-9]{0,39}$/, 'must be the name of a template')
    .optional(),
  state: z.enum(['throttled', 'barOutgoing', 'suspended']).optional(),
  acceleratesDevicePlans: z
    .boolean()
    .optional()
    .describe(
      'Of terminate and handOver: open instalments of devices are asked for at once. Left out: false',
    ),
});
const level = z.strictObject({
  levelId: z.string().regex(/^[A-Za-z0-9-]{1,40}$/, 'must be letters, digits and dashes'),
  daysOverdue: z.number().int().min(0).max(730),
  onlyIf: z
    .strictObject({
      invoices: z.number().int().min(1).max(100).optional(),
      owedMinor: minor.optional(),
      lastDeclineIn: z.array(code).min(1).max(50).optional(),
    })
    .refine((condition) => Object.keys(condition).length > 0, 'must say at least one thing, or be left out')
    .optional()
    .describe('Until it holds the level is put off; those behind it go on, but no harder bar'),
  actions: z.array(action).min(1).max(5),
});
export class PutDunningPolicy extends createZodDto(
  z.strictObject({
    minimumMinor: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER),
    // People are not reminded at night.
    stepHour: z.number().int().min(7).max(20),
    levels: z.array(level).min(1).max(30),
    segments: z
      .array(z.string().regex(/^[A-Za-z0-9-]{1,40}$/))
      .max(50)
      .optional(),
    minimumByCurrency: z
      .record(currencyField, z.number().int().min(0).max(Number.MAX_SAFE_INTEGER))
      .optional(),
    minimumInvoices: z.number().int().min(1).max(24).optional().describe('Left out: 1'),
    currencies: z.array(currencyField).min(1).max(50).optional().describe('Left out: all'),
    retries: retries.optional(),
    forbidden: forbidden.optional(),
    promises: promises.optional(),
    reason: reasonField,
  }),
) {}
export class PageQuery extends createZodDto(pageQuery) {}

export class StartCollection extends createZodDto(z.strictObject({ accountId, reason: reasonField })) {}
export class CollectionsQuery extends createZodDto(
  ofAccount.extend({ state: z.enum(['open', 'closed']).optional() }),
) {}
export class HoldCollection extends createZodDto(
  z.strictObject({
    until: pointInTime.optional(),
    kind: z.enum(holdKinds).default('other'),
    reason: reasonField,
  }),
) {}
export class ReasonBody extends createZodDto(z.strictObject({ reason: reasonField })) {}
export class PromiseToPay extends createZodDto(
  z.strictObject({ amount: positiveMoneyField, until: pointInTime, reason: reasonField.optional() }),
) {}
