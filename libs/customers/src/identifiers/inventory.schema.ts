import type { IdentifierKind } from '@tollkeeper/contracts';
import { defineCollection, rowSchema } from '@tollkeeper/platform';
import type { InventorySpan } from '../domain/identifier-book';

/** A number, or one side of a SIM. Every move writes its row, so that of two at the same time one starts over. */
export interface InventoryRow {
  _id: string;
  kind: IdentifierKind;
  value: string;
  addedAt: string;
  blockId: string | null;
  /** Of a SIM: the IMSI of an ICCID, and the other way round. */
  pairedWith: string | null;
  /** A number of another operator's range: when its use here ends it goes back there. */
  isForeign: boolean;
  spans: InventorySpan[];
  /** Free for good from then on; null while it is held without end. */
  freeFrom: string | null;
}

const text = { type: String, required: true };
const flag = { type: Boolean, required: true };

const span = rowSchema({
  state: text,
  from: text,
  to: String,
  orderId: String,
  assignmentId: String,
  subscriptionId: String,
  accountId: String,
  portedIn: Boolean,
});

export const Inventory = defineCollection<InventoryRow>(
  'inventory',
  rowSchema({
    _id: text,
    kind: text,
    value: text,
    addedAt: text,
    blockId: String,
    pairedWith: String,
    isForeign: flag,
    spans: [span],
    freeFrom: String,
  }),
  [
    { keys: { kind: 1, value: 1, freeFrom: 1 } },
    { keys: { kind: 1, 'spans.state': 1, value: 1 } },
    { keys: { 'spans.orderId': 1 }, partial: { 'spans.orderId': { $type: 'string' } } },
  ],
);

/** A range of numbers as it was handed in; ranges never overlap. */
export interface NumberBlockRow {
  _id: string;
  first: string;
  last: string;
  digits: number;
  count: number;
  /** The operator that the range was given to; null: ourselves, or the host network on our behalf. */
  holder: string | null;
  importedAt: string;
}

const count = { type: Number, required: true };

export const NumberBlocks = defineCollection<NumberBlockRow>(
  'numberBlocks',
  rowSchema({
    _id: text,
    first: text,
    last: text,
    digits: count,
    count,
    holder: String,
    importedAt: text,
  }),
  [{ keys: { digits: 1, first: 1 } }],
);

export interface InventorySettingsRow {
  _id: string;
  /** Days that a number rests between two owners. */
  numberAgeingDays: number;
  /** Days that a used SIM rests; null: it is never given again. */
  simAgeingDays: number | null;
}

export const InventorySettings = defineCollection<InventorySettingsRow>(
  'inventorySettings',
  rowSchema({ _id: text, numberAgeingDays: count, simAgeingDays: Number }),
  [],
);
