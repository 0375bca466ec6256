import { defineCollection, rowSchema } from '@tollkeeper/platform';

/** Choices that a tenant's law makes for its books. */
export interface LedgerSettingsRow {
  _id: string;
  /** When the tax of top-ups and renewals is due: at the retail sale, or as the money is used. */
  taxAt: 'sale' | 'use';
  /** The tax code that a top-up is sold under; a renewal has that of its plan. */
  topUpTaxCode: string;
}

const text = { type: String, required: true };

export const LedgerSettings = defineCollection<LedgerSettingsRow>(
  'ledgerSettings',
  rowSchema({ _id: text, taxAt: text, topUpTaxCode: text }),
  [],
);
