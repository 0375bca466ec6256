import type { Bill } from '../bill';
import { mergedTaxes } from '../ledger/proportional-tax';
import type { TaxPart } from '../ledger/open-item';
import { lineNoOf, netOf } from '../line-parts';
import { isOfDevice } from './device-lines';

/** What of a bill is the delivery of devices and the debt for them: the books keep it apart from the service. */
export interface DeviceMoves {
  /** Price of what was delivered, without tax, and the tax on it. */
  saleMinor: number;
  taxes: TaxPart[];
  /** Left to be paid by instalments. */
  financedMinor: number;
  /** Instalments that this bill asks for. */
  instalmentsMinor: number;
}

/** `null`: the bill has none. */
export function deviceMovesOf({ lines, taxes }: Pick<Bill, 'lines' | 'taxes'>): DeviceMoves | null {
  if (!lines.some(isOfDevice)) return null;
  const sumOf = (kind: string) =>
    lines.filter((line) => line.kind === kind).reduce((sum, line) => sum + netOf(line), 0);
  const delivered = new Set(lines.flatMap(({ kind, lineNo }) => (kind === 'device' ? [lineNo] : [])));
  const parts = taxes.flatMap(({ jurisdiction, parts: own = [] }) =>
    own
      .filter(({ chargeId }) => delivered.has(lineNoOf(chargeId) ?? 0))
      .map(({ amountMinor }): TaxPart => ({ jurisdiction, amountMinor })),
  );
  return {
    saleMinor: sumOf('device'),
    taxes: mergedTaxes(parts),
    financedMinor: 0 - sumOf('financed'),
    instalmentsMinor: sumOf('instalment'),
  };
}

const sumOfTaxes = (taxes: readonly TaxPart[]): number =>
  taxes.reduce((sum, { amountMinor }) => sum + amountMinor, 0);

/** What the device adds to what is to be paid now: what is delivered with its tax, less what waits, and what is due of it. */
export const deviceNowMinor = ({ saleMinor, taxes, financedMinor, instalmentsMinor }: DeviceMoves): number =>
  saleMinor + sumOfTaxes(taxes) - financedMinor + instalmentsMinor;

export const soldMinor = ({ saleMinor, taxes }: DeviceMoves): number => saleMinor + sumOfTaxes(taxes);
