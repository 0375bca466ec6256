import type { TenantProfile } from '@tollkeeper/contracts';
import { defineCollection, rowSchema } from '@tollkeeper/platform';

export interface TenantRow {
  _id: string;
  revision: number;
  profile: TenantProfile;
}

/** The catalog's copy of what identity says of an operator. */
export const TenantProfiles = defineCollection<TenantRow>(
  'tenantProfiles',
  rowSchema({
    _id: { type: String, required: true },
    revision: { type: Number, required: true },
    profile: { type: Object, required: true },
  }),
  [],
);
