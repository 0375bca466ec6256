import { divideRounded } from '@tollkeeper/money';

/**
 * Where Stripe counts otherwise than ISO 4217 (docs.stripe.com/currencies): ISK and UGX have no decimals and are written
 * with two, always 00; MGA has two and is written without.
 */
const perMinorUnit: Readonly<Record<string, { times: number; by: number }>> = {
  ISK: { times: 100, by: 1 },
  UGX: { times: 100, by: 1 },
  MGA: { times: 1, by: 100 },
};
/** Currencies of three decimals, of which the last one has to be 0. */
const lastDigitZero = ['BHD', 'JOD', 'KWD', 'OMR', 'TND'];

const usual = { times: 1, by: 1 };

/** As Stripe is asked for it; `null`: it has no such amount. */
export function stripeAmountOf(minor: number, currency: string): number | null {
  const { times, by } = perMinorUnit[currency.toUpperCase()] ?? usual;
  if (minor % by !== 0 || (lastDigitZero.includes(currency.toUpperCase()) && minor % 10 !== 0)) return null;
  return (minor / by) * times;
}

/** As Stripe tells it, in minor units of ISO 4217. */
export function minorOfStripe(amount: number, currency: string): number {
  const { times, by } = perMinorUnit[currency.toUpperCase()] ?? usual;
  return Number(divideRounded(BigInt(amount) * BigInt(by), BigInt(times), 'halfUp'));
}
