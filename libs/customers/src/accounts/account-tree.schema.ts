import { defineCollection, rowSchema } from '@tollkeeper/platform';

/** Written by every change of a tenant's trees: two at the same time could otherwise close a circle together. */
interface AccountTreeRow {
  _id: string;
  version: number;
}

export const AccountTrees = defineCollection<AccountTreeRow>(
  'accountTrees',
  rowSchema({ _id: { type: String, required: true }, version: { type: Number, required: true } }),
  [],
);
