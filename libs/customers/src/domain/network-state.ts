import type { NetworkState, ProductStatus, RestrictAccountInput } from '@tollkeeper/contracts';
import type { RenewalState } from './renewal-states';

/** How far the account's debts restrict its services. */
export type Restriction = RestrictAccountInput['state'];

/** Out of several reasons the strictest counts; paying one off does not lift another. */
export function desiredNetworkState(restriction: Restriction, renewal: RenewalState | null): Restriction {
  if (restriction === 'suspended' || renewal === 'lapsed' || renewal === 'expired') return 'suspended';
  return restriction;
}

/** A bar keeps the product active: it is still served and billed. Products that are not live stay what they are. */
export function productStatusIn(state: NetworkState, status: ProductStatus): ProductStatus {
  if (status !== 'active' && status !== 'suspended') return status;
  return state === 'suspended' ? 'suspended' : 'active';
}
