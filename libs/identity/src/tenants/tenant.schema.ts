import type { Instant } from '@tollkeeper/calendar';
import type { TenantProfile } from '@tollkeeper/contracts';
import { defineCollection, rowSchema } from '@tollkeeper/platform';

export interface TenantRow extends Omit<TenantProfile, 'tenantId'> {
  /** The tenant's id. */
  _id: string;
  openedAt: Instant;
  /** Goes up with every change of staff: two changes at once cannot both leave the other as the last admin. */
  staffRevision: number;
}

export const Tenants = defineCollection<TenantRow>(
  'tenants',
  rowSchema({
    _id: { type: String, required: true },
    revision: { type: Number, required: true },
    name: { type: String, required: true },
    legalName: { type: String, required: true },
    addressLines: { type: [String], required: true },
    country: { type: String, required: true },
    currency: { type: String, required: true },
    zone: { type: String, required: true },
    supportEmail: { type: String, required: true },
    supportPhone: { type: String, required: true },
    openedAt: { type: String, required: true },
    staffRevision: { type: Number, required: true },
  }),
  [],
);

export const profileOf = ({ _id, staffRevision: _staffRevision, ...profile }: TenantRow): TenantProfile => {
  const {
    revision,
    name,
    legalName,
    addressLines,
    country,
    currency,
    zone,
    supportEmail,
    supportPhone,
    openedAt,
  } = profile;
  return {
    tenantId: _id,
    revision,
    name,
    legalName,
    addressLines,
    country,
    currency,
    zone,
    supportEmail,
    supportPhone,
    openedAt,
  };
};
