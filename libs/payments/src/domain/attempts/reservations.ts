import { money, sum } from '@tollkeeper/money';

/** A part of a payable that someone is paying: `held` while a charge is under way, `captured` until invoicing has applied it. */
export interface Reservation {
  /** `null` for money recorded by hand. */
  attemptId: string | null;
  paymentId: string;
  amountMinor: number;
  state: 'held' | 'captured';
}

interface OpenAmount {
  openMinor: number;
  currency: string;
  reservations: readonly Reservation[];
}

const totalOf = (amounts: readonly number[], currency: string): number =>
  sum(
    amounts.map((minor) => money(minor, currency)),
    currency,
  ).minor;

const reservedMinor = (
  { reservations, currency }: OpenAmount,
  states: readonly Reservation['state'][],
): number =>
  totalOf(
    reservations.filter(({ state }) => states.includes(state)).map(({ amountMinor }) => amountMinor),
    currency,
  );

/** What a new attempt may take. */
export const availableMinor = (payable: OpenAmount): number =>
  Math.max(0, payable.openMinor - reservedMinor(payable, ['held', 'captured']));

/** What is still owed once the money that we already hold is applied. */
export const owedMinor = (payable: OpenAmount): number =>
  Math.max(0, payable.openMinor - reservedMinor(payable, ['captured']));

export const totalOwedMinor = (payables: readonly OpenAmount[], currency: string): number =>
  totalOf(payables.map(owedMinor), currency);

export const isBeingCharged = ({ reservations }: Pick<OpenAmount, 'reservations'>): boolean =>
  reservations.some(({ state }) => state === 'held');

/** Money that came in by hand covers the payables in the order given; what it does not reach is left out. */
export function coverPayables<Payable extends OpenAmount>(
  payables: readonly Payable[],
  amountMinor: number,
): { payable: Payable; amountMinor: number }[] {
  let rest = amountMinor;
  return payables.flatMap((payable) => {
    const covered = Math.min(rest, availableMinor(payable));
    rest -= covered;
    return covered > 0 ? [{ payable, amountMinor: covered }] : [];
  });
}
