import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js';
import type { NetworkState, ProductStatus, RestrictAccountInput } from '@tollkeeper/contracts';
import { emergencyNumbersOf } from './emergency-numbers';

/** How far the account's debts restrict its services. */
export type Restriction = RestrictAccountInput['state'];
export type RenewalState = 'active' | 'failing' | 'lapsed';

/** Out of several reasons the strictest counts; paying one off does not lift another. */
export function desiredNetworkState(restriction: Restriction, renewal: RenewalState | null): Restriction {
  if (restriction === 'suspended' || renewal === 'lapsed') return 'suspended';
  return restriction;
}

/** A bar keeps the product active: it is still served and billed. Products that are not live stay what they are. */
export function productStatusIn(state: NetworkState, status: ProductStatus): ProductStatus {
  if (status !== 'active' && status !== 'suspended') return status;
  return state === 'suspended' ? 'suspended' : 'active';
}

export const cutsCalls = (state: NetworkState): boolean => state !== 'active' && state !== 'throttled';

/** Emergency services and the line to pay stay open, by law: without a support line there is no bar. */
export function linesToKeepOpen(country: string, supportPhone: string): string[] {
  const parsed = parsePhoneNumberFromString(supportPhone, isSupportedCountry(country) ? country : undefined);
  if (!parsed?.isPossible()) {
    throw new Error(
      `no service is barred while the operator's support phone "${supportPhone}" is not a phone number: it has to stay open`,
    );
  }
  return [...emergencyNumbersOf(country), parsed.number.slice(1)];
}
