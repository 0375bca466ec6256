import { defineCollection, rowSchema } from '@tollkeeper/platform';
import type { WithdrawalDays } from '../domain/withdrawal';

interface WithdrawalPolicyRow {
  /** The tenant's id. */
  _id: string;
  days: WithdrawalDays;
}

export const WithdrawalPolicies = defineCollection<WithdrawalPolicyRow>(
  'withdrawalPolicies',
  rowSchema({ _id: { type: String, required: true }, days: { type: Object, required: true } }),
  [],
);
