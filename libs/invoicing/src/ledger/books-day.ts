import { type Instant, localDateOf } from '@tollkeeper/calendar';
import type { PostingDraft } from '../domain/ledger/posting-draft';
import type { PostingRow } from './posting.schema';

/** A draft with its identity in the database and its day in the operator's books. */
export const postedAt =
  (tenantId: string, at: Instant, zone: string, reason?: string) =>
  ({ key, ...draft }: PostingDraft): PostingRow => ({
    _id: `${tenantId}/${key}`,
    ...draft,
    at,
    on: localDateOf(at, zone),
    ...(reason === undefined ? {} : { reason }),
  });
