import type { NetworkState, ProductStatus, RestrictAccountInput } from '@tollkeeper/contracts';
import type { RenewalState } from './renewal-states';

/** How far the account's debts restrict its services. */
export type Restriction = RestrictAccountInput['state'];

/** How far what was used restricts them, until the next period, a payment or a higher cap. */
export const usageBars = ['barRoamingData', 'barData', 'barOutgoing'] as const;
export type UsageBar = (typeof usageBars)[number];

/** What all reasons together leave of an account's services. */
export type AccountState = Restriction | UsageBar;

const byStrictness: readonly AccountState[] = [
  'active',
  'throttled',
  'barRoamingData',
  'barData',
  'barOutgoing',
  'suspended',
];

export const strictest = (left: AccountState, right: AccountState): AccountState =>
  byStrictness.indexOf(left) < byStrictness.indexOf(right) ? right : left;

/** Debt and usage are two reasons: lifting one leaves the other. */
export const accountStateOf = ({
  restriction,
  usageBar,
}: {
  restriction: Restriction;
  usageBar?: UsageBar | null;
}): AccountState => strictest(restriction, usageBar ?? 'active');

/** Out of several reasons the strictest counts; paying one off does not lift another. */
export function desiredNetworkState(state: AccountState, renewal: RenewalState | null): AccountState {
  if (state === 'suspended' || renewal === 'lapsed' || renewal === 'expired') return 'suspended';
  return state;
}

/** A bar keeps the product active: it is still served and billed. Products that are not live stay what they are. */
export function productStatusIn(state: NetworkState, status: ProductStatus): ProductStatus {
  if (status !== 'active' && status !== 'suspended') return status;
  return state === 'suspended' ? 'suspended' : 'active';
}
