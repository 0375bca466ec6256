import type { ProductStatus, SimState } from '@tollkeeper/contracts';
import { type AccountState, desiredNetworkState } from './network-state';
import type { RenewalState } from './renewal-states';

interface ServiceReasons {
  status: ProductStatus;
  renewal: { state: RenewalState } | null;
  /** The customer's own wish, apart from what debt or a lapsed renewal restrict. */
  suspendedSince?: string | null;
}

/** Debt, a lapsed renewal and the customer's own wish are three reasons: the strictest counts, lifting one leaves the others. */
export const liveStateOf = (
  { renewal, suspendedSince }: Omit<ServiceReasons, 'status'>,
  account: AccountState,
): AccountState => (suspendedSince ? 'suspended' : desiredNetworkState(account, renewal?.state ?? null));

export const simStateOf = (subscription: ServiceReasons, account: AccountState): SimState =>
  subscription.status === 'terminated' ? 'deactivated' : liveStateOf(subscription, account);
