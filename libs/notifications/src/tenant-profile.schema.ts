import type { TenantProfile } from '@tollkeeper/contracts';
import { defineCollection, rowSchema } from '@tollkeeper/platform';

export interface TenantProfileRow {
  /** The tenant's id. */
  _id: string;
  revision: number;
  profile: TenantProfile;
}

export const TenantProfiles = defineCollection<TenantProfileRow>(
  'tenantProfiles',
  rowSchema({
    _id: { type: String, required: true },
    revision: { type: Number, required: true },
    profile: { type: Object, required: true },
  }),
  [],
);
