import { parseRate } from '@tollkeeper/money';
import { type CompiledCharge, greaterOf, mirrored, started } from './charge';
import { rateUnitsPerMicro } from './exact';

interface PackagePrice {
  size: number;
  amount: string;
  freeUnits?: number;
}

/** Whole packages behind the free units; a started one counts. */
export function packageCharge({ size, amount, freeUnits = 0 }: PackagePrice): CompiledCharge {
  const price = parseRate(amount);
  const of = (units: bigint): bigint =>
    started(greaterOf(0n, units - BigInt(freeUnits)), BigInt(size)) * price;
  return { counts: 'sum', denominator: rateUnitsPerMicro, of: (units) => mirrored(units, of) };
}
