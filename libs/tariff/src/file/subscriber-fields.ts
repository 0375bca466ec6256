import type { z } from 'zod';
import { cycleFault, frequencies } from '@tollkeeper/calendar';
import {
  digitsField,
  fields,
  idField,
  instantField,
  listOf,
  localDateField,
  oneOf,
  timeZoneField,
  wholeField,
} from './plain-fields';

const assignment = fields({
  offeringId: idField,
  from: instantField.optional(),
  to: instantField.nullable().optional(),
});

const numberField = digitsField(5, 15, 'must be 5 to 15 digits, country code first, without +');
const imsiField = digitsField(5, 15, 'must be 5 to 15 digits');

const identifier = fields({
  kind: oneOf(['msisdn', 'imsi']),
  value: digitsField(5, 15, 'must be 5 to 15 digits'),
  from: instantField.optional(),
  to: instantField.nullable().optional(),
});

const subscription = fields({
  subscriptionId: idField,
  msisdn: numberField.optional(),
  imsi: imsiField.optional(),
  identifiers: listOf(identifier)
    .max(100)
    .optional()
    .describe('Where SIM or number changed: each with its time'),
  plan: idField.optional().describe('The offering of its whole life; or `plans` with their times'),
  plans: listOf(assignment).min(1, 'must have at least one').max(100).optional(),
  addOns: listOf(assignment).max(100).optional(),
  poolId: idField.nullable().optional(),
  activeFrom: instantField.optional(),
  activeTo: instantField.nullable().optional(),
  paidPeriods: listOf(fields({ from: instantField, to: instantField }))
    .max(1000)
    .optional(),
});

const plainCycle = fields({
  frequency: oneOf(frequencies),
  anchorDay: wholeField(1, 31),
  anchorMonth: wholeField(1, 12).optional(),
  count: wholeField(1, 366).optional().describe('Every so many; left out: 1'),
  originOn: localDateField.optional().describe('A day on which a period begins; left out: 1 January 2024'),
});

const cycleFields = plainCycle.refine((given) => cycleFault({ ...given, zone: 'UTC' }) === null, {
  message: 'anchor day, count and origin must fit the frequency',
});

/** A payer with its subscriptions, as far as rating needs them. */
export const subscriberFields = fields({
  accountId: idField,
  zone: timeZoneField.optional().describe('Left out: UTC'),
  cycle: cycleFields.optional().describe('Left out: monthly, from the 1st'),
  subscriptions: listOf(subscription).min(1, 'must have at least one').max(10_000),
});

export type SubscriberDraft = z.output<typeof subscriberFields>;
export type SubscriptionDraft = SubscriberDraft['subscriptions'][number];
