import type { TenantProfile } from '@tollkeeper/contracts';
import { defineCollection, rowSchema } from '@tollkeeper/platform';

export interface TenantRow {
  _id: string;
  revision: number;
  profile: TenantProfile;
}

export const Tenants = defineCollection<TenantRow>(
  'tenants',
  rowSchema({
    _id: { type: String, required: true },
    revision: { type: Number, required: true },
    profile: { type: Object, required: true },
  }),
  [],
);
