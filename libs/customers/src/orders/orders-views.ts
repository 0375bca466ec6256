import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { orderKinds, orderStates } from '@tollkeeper/contracts';
import { steeringsOf } from '../domain/order-progress';
import type { OrderRow } from './order.schema';

const step = z.object({
  step: z.string(),
  state: z.enum(['pending', 'waiting', 'done', 'refused', 'undone']),
  attempt: z.number().int(),
  at: z.string().nullable().describe('When it came into its state'),
  error: z.string().nullable().describe('Why it was refused, or what it waits for'),
  waitsUntil: z.string().nullable(),
});

const order = z.object({
  orderId: z.string(),
  kind: z.enum(orderKinds),
  state: z.enum(orderStates),
  accountId: z.string(),
  subscriptionId: z.string().describe('Of an activation: what it will be'),
  wanted: z.record(z.string(), z.unknown()),
  placedAt: z.string(),
  effectiveAt: z.string(),
  endedAt: z.string().nullable(),
  by: z.string(),
  reason: z.string().nullable(),
  steps: z.array(step),
  held: z
    .object({ step: z.string(), code: z.string(), reason: z.string(), since: z.string() })
    .nullable()
    .describe('Which step was refused, and why'),
  steering: z.array(z.enum(['retry', 'undo', 'cancel'])).describe('What care and billing may do with it now'),
});

export class OrderView extends createZodDto(order) {}
export class OrderPageView extends createZodDto(z.object({ data: z.array(order), hasMore: z.boolean() })) {}

export const orderView = (row: OrderRow) => ({
  orderId: row._id,
  kind: row.kind,
  state: row.state,
  accountId: row.accountId,
  subscriptionId: row.subscriptionId,
  wanted: row.wanted,
  placedAt: row.placedAt,
  effectiveAt: row.effectiveAt,
  endedAt: row.endedAt,
  by: row.by,
  reason: row.reason,
  steps: row.steps.map(({ step: name, state, attempt, at, error, waitsUntil }) => ({
    ...{ step: name, state, attempt, at, error, waitsUntil },
  })),
  held: row.held,
  steering: steeringsOf(row),
});
