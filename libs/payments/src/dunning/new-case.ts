import { type Instant, localDateOf } from '@tollkeeper/calendar';
import type { DunningPolicy } from '@tollkeeper/contracts';
import { newId } from '@tollkeeper/platform';
import type { CollectionRow } from './collection.schema';
import { minimumOf } from './policies/policy-choice.service';

interface Opening {
  accountId: string;
  currency: string;
  policy: DunningPolicy;
  zone: string;
  at: Instant;
}

/** By hand also below the minimum of the policy. */
export const newCase = (
  { accountId, currency, policy, zone, at }: Opening,
  byHand?: 'byHand',
): CollectionRow => ({
  _id: newId('col'),
  accountId,
  policyId: policy.policyId,
  policyVersion: policy.version,
  minimumMinor: byHand ? 0 : minimumOf(policy, currency),
  state: 'open',
  outcome: null,
  steps: [],
  hold: null,
  promise: null,
  writtenOff: false,
  restricted: false,
  wasRestricted: false,
  currency,
  openedOn: localDateOf(at, zone),
  openedAt: at,
  closedAt: null,
});
