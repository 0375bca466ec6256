import type { ChargeModel } from '@tollkeeper/contracts';
import { parseRate } from '@tollkeeper/money';
import { type CompiledCharge, greaterOf, mirrored, started } from './charge';
import { rateUnitsPerMicro } from './exact';

type PackagePrice = Extract<ChargeModel, { model: 'package' }>;

/** Whole packages behind the free units; a started one counts, or only full ones do. */
export function packageCharge({
  size,
  amount,
  freeUnits = 0,
  counts = 'started',
}: PackagePrice): CompiledCharge {
  const price = parseRate(amount);
  const packages = (units: bigint): bigint =>
    counts === 'full' ? units / BigInt(size) : started(units, BigInt(size));
  const of = (units: bigint): bigint => packages(greaterOf(0n, units - BigInt(freeUnits))) * price;
  return { counts: 'sum', denominator: rateUnitsPerMicro, of: (units) => mirrored(units, of) };
}
