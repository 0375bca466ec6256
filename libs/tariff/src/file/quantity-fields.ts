import { z } from 'zod';
import {
  type Dimension,
  dimensionOf,
  isUsageType,
  Quantity,
  amountPattern,
  quantityPattern,
  readAmount,
  readQuantity,
} from './quantity';
import { wholeField } from './plain-fields';

const howTo =
  'must be a whole number of base units (seconds, messages, bytes) or text with a unit, such as "60 s", "5 GB" or "1 message"';

/** As it is kept: a whole number of base units. */
export const countField = wholeField(1, Number.MAX_SAFE_INTEGER);
const countFromZero = wholeField(0, Number.MAX_SAFE_INTEGER);

const units =
  'With its unit: s, min, h; B, kB, MB, GB, TB (by 1000), KiB, MiB, GiB, TiB (by 1024); message; event';

type Reading = typeof readQuantity;

const faultOf = (text: string, read: Reading): string => {
  const found = read(text);
  return 'fault' in found ? found.fault : howTo;
};

const writtenField = (pattern: RegExp, read: Reading, description: string) =>
  z
    .union(
      [
        z.number().int(),
        z
          .string()
          .regex(pattern, { error: ({ input }) => faultOf(String(input), read) })
          .describe(description),
      ],
      {
        error: ({ input }) => {
          if (input === undefined) return 'is missing';
          return typeof input === 'string' ? faultOf(input, read) : howTo;
        },
      },
    )
    .transform((written, context): number | Quantity => {
      if (typeof written === 'number') return written;
      const found = read(written);
      if (found instanceof Quantity) return found;
      context.addIssue({ code: 'custom', message: found.fault });
      return z.NEVER;
    });

/** As people write it: base units, or text with a unit. */
export const quantityField = writtenField(quantityPattern, readQuantity, units);
/** Where money may be counted too. */
const amountField = writtenField(amountPattern, readAmount, `${units}. Money without one, "10.00"`);

type Place = (string | number)[];
type Report = (path: Place, message: string) => void;

/** A part that names a kind of usage of its own is counted by that. */
const ownDimension = (part: object): Dimension | null =>
  'usageType' in part && isUsageType(part.usageType) ? dimensionOf(part.usageType) : null;

/** The same with every quantity as a number of base units; a unit that does not count such usage is reported. */
function resolved(value: unknown, dimension: Dimension | null, report: Report, place: Place): unknown {
  if (value instanceof Quantity) {
    const fault = value.faultFor(dimension);
    if (fault) report(place, fault);
    return value.baseUnits;
  }
  if (Array.isArray(value)) return value.map((item, at) => resolved(item, dimension, report, [...place, at]));
  if (typeof value !== 'object' || value === null) return value;
  const own = place.length > 0 ? ownDimension(value) : dimension;
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [
      name,
      resolved(part, own ?? dimension, report, [...place, name]),
    ]),
  );
}

/**
 * Written with units or in base units, kept in base units: `shape` is called with the field for either. What the
 * units must count is known from the object itself (its usage type), so the whole object is needed to read them.
 */
export const inBaseUnits = <Written extends z.ZodType, Kept extends z.ZodType>(
  written: Written,
  kept: Kept,
  dimensionOf: (value: z.output<Written>) => Dimension | null,
) =>
  written
    .transform((value, context): unknown => {
      let isFine = true;
      const report: Report = (path, message) => {
        isFine = false;
        context.addIssue({ code: 'custom', path, message });
      };
      const numbers = resolved(value, dimensionOf(value), report, []);
      return isFine ? numbers : z.NEVER;
    })
    .pipe(kept);

/** The two fields that a shape with quantities is built with. */
export interface Counts<Count extends z.ZodType, FromZero extends z.ZodType> {
  count: Count;
  fromZero: FromZero;
}
export const writtenCounts = { count: quantityField, fromZero: quantityField };
export const writtenAmounts = { count: amountField, fromZero: amountField };
export const keptCounts = { count: countField, fromZero: countFromZero };
