import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import type { Instant } from '@tollkeeper/calendar';
import { spanAt } from '../domain/identifier-book';
import { inventoryStates } from '../domain/inventory-moves';
import type { InventoryRow, NumberBlockRow } from './inventory.schema';

const span = z.object({
  state: z.enum(inventoryStates).describe('Between two entries it was available'),
  from: z.string(),
  to: z.string().nullable().describe('Exclusive; null while nothing is known to end it'),
  subscriptionId: z.string().optional(),
  accountId: z.string().optional(),
  orderId: z.string().optional(),
  portedIn: z.boolean().optional(),
});

const identifier = z.object({
  kind: z.enum(['msisdn', 'imsi', 'iccid']),
  value: z.string(),
  state: z.enum(inventoryStates).describe('As of now'),
  until: z.string().nullable().describe('When the state ends by its date'),
  subscriptionId: z.string().nullable(),
  accountId: z.string().nullable(),
  orderId: z.string().nullable().describe('For which it is reserved'),
  portedIn: z.boolean().describe('Its present owner brought it along from another operator'),
  goesBack: z
    .boolean()
    .describe("Its range is another operator's: after its use and quarantine it goes back there"),
  pairedWith: z.string().nullable().describe('The IMSI of a card, the card of an IMSI'),
  blockId: z.string().nullable(),
});

const block = z.object({
  blockId: z.string(),
  first: z.string(),
  last: z.string(),
  count: z.number().int(),
  holder: z.string().nullable(),
  importedAt: z.string(),
});

export class IdentifierView extends createZodDto(identifier.extend({ history: z.array(span) })) {}
export class IdentifierPageView extends createZodDto(
  z.object({ data: z.array(identifier), hasMore: z.boolean() }),
) {}
export class NumberBlockView extends createZodDto(block) {}
export class NumberBlockPageView extends createZodDto(
  z.object({ data: z.array(block), hasMore: z.boolean() }),
) {}
export class SimImportView extends createZodDto(
  z.object({
    added: z.number().int(),
    known: z.number().int().describe('Were there with the same IMSI, and were left as they are'),
  }),
) {}
export class ReleasedView extends createZodDto(z.object({ released: z.number().int() })) {}
export class InventorySettingsView extends createZodDto(
  z.object({ numberAgeingDays: z.number().int(), simAgeingDays: z.number().int().nullable() }),
) {}

export function identifierSummary(row: InventoryRow, at: Instant) {
  const now = spanAt(row, at);
  const assigned = now?.state === 'assigned' ? now : null;
  return {
    kind: row.kind,
    value: row.value,
    state: now?.state ?? 'available',
    until: now?.to ?? null,
    subscriptionId: assigned?.subscriptionId ?? null,
    accountId: assigned?.accountId ?? null,
    orderId: now?.state === 'reserved' ? now.orderId : null,
    portedIn: assigned?.portedIn ?? false,
    goesBack: row.isForeign,
    pairedWith: row.pairedWith,
    blockId: row.blockId,
  };
}

export const identifierView = (row: InventoryRow, at: Instant) => ({
  ...identifierSummary(row, at),
  history: row.spans.map((each) =>
    each.state === 'assigned'
      ? {
          state: each.state,
          from: each.from,
          to: each.to,
          subscriptionId: each.subscriptionId,
          accountId: each.accountId,
          portedIn: each.portedIn,
        }
      : each,
  ),
});

export const blockView = ({ _id, first, last, count, holder, importedAt }: NumberBlockRow) => ({
  blockId: _id,
  first,
  last,
  count,
  holder,
  importedAt,
});
