import type { Instant } from '@tollkeeper/calendar';
import { goodPaymentAt } from './deposit-demand';

/** What an offering asks to be held, agreed when an order sold it; besides what the account's class asks for. */
export interface OfferingDeposit {
  subscriptionId: string;
  offeringId: string;
  amountMinor: number;
  /** `null`: when the service ends. */
  refundAfterMonths: number | null;
  agreedAt: Instant;
}

/** Names an agreed deposit in its account. */
export const agreedKeyOf = ({ subscriptionId, offeringId }: OfferingDeposit): string =>
  `${subscriptionId}/${offeringId}`;

export const sumOf = (deposits: readonly OfferingDeposit[]): number =>
  deposits.reduce((sum, { amountMinor }) => sum + amountMinor, 0);

/** Sold again, the later terms hold. */
export const withDeposit = (
  deposits: readonly OfferingDeposit[],
  agreed: OfferingDeposit,
): OfferingDeposit[] => [...deposits.filter((each) => agreedKeyOf(each) !== agreedKeyOf(agreed)), agreed];

export const ofServices = (
  deposits: readonly OfferingDeposit[],
  services: ReadonlySet<string>,
): OfferingDeposit[] => deposits.filter(({ subscriptionId }) => services.has(subscriptionId));

/** When one goes back after good payment; `null`: only at the end. */
export const refundableAt = (
  { refundAfterMonths, agreedAt }: OfferingDeposit,
  { lateAt, zone }: { lateAt: Instant | null; zone: string },
): Instant | null =>
  refundAfterMonths === null
    ? null
    : goodPaymentAt({ months: refundAfterMonths, heldSince: agreedAt, lateAt, zone });
