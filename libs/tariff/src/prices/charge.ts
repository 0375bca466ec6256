/** What earlier events of the same price left behind. */
export interface EventsBefore {
  events: number;
  /** Sum of the money that they carried, at 10^-12. */
  money: bigint;
}

/**
 * A charge model with its numbers parsed: amounts are exact, in 10^-6 of the major unit times `denominator`.
 * - `sum`: the price of a quantity that is summed over the scope (`roundAt`); what is added is a difference of two.
 * - `call`: the price of a call from its start; a part of it is a difference of two.
 * - `events`: what one more event costs; `remembers` says over what it counts earlier ones.
 */
export type CompiledCharge =
  | { counts: 'sum' | 'call'; denominator: bigint; of(units: bigint): bigint }
  | {
      counts: 'events';
      remembers: 'nothing' | 'scope' | 'period';
      denominator: bigint;
      next(before: EventsBefore, money: bigint): bigint;
    };

/** A correction that takes units back costs what they cost, with the sign turned. */
export const mirrored = (units: bigint, of: (units: bigint) => bigint): bigint =>
  units < 0n ? -of(-units) : of(units);

export const started = (units: bigint, size: bigint): bigint => (units + size - 1n) / size;

export const lesserOf = (left: bigint, right: bigint): bigint => (left < right ? left : right);
export const greaterOf = (left: bigint, right: bigint): bigint => (left > right ? left : right);
