import { canonicalJson, type OfferingVersion, type TenantId } from '@tollkeeper/contracts';
import { defineCollection } from './collection-definition';
import { rowSchema } from './service-database';

/** A published version never changes: it is kept whole, as it was told, so that no field of a later release is lost. */
export interface OfferingCopyRow {
  _id: string;
  offeringId: string;
  version: number;
  validFrom: string;
  /** `canonicalJson`. Rows of the first release have the version's fields beside them instead. */
  content?: string;
}

const text = { type: String, required: true };

export const OfferingCopies = defineCollection<OfferingCopyRow>(
  'offeringCopies',
  rowSchema({
    _id: text,
    offeringId: text,
    version: { type: Number, required: true },
    validFrom: text,
    content: String,
  }),
  [{ keys: { offeringId: 1, version: 1 }, unique: true }, { keys: { offeringId: 1, validFrom: 1 } }],
);

export const offeringCopyRow = (tenantId: TenantId, offering: OfferingVersion): OfferingCopyRow => ({
  _id: `${tenantId}/${offering.offeringId}/${offering.version}`,
  offeringId: offering.offeringId,
  version: offering.version,
  validFrom: offering.validFrom,
  content: canonicalJson(offering),
});

export const offeringOfCopy = ({ content, ...row }: OfferingCopyRow): OfferingVersion =>
  content === undefined ? (row as unknown as OfferingVersion) : (JSON.parse(content) as OfferingVersion);
