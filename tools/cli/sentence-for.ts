import type { RatedRecord } from '@tollkeeper/tariff';
import { decimalAmount } from './decimal-amount';

/** How the amount came about, in one sentence. */
export function sentenceFor({ guided, rated }: RatedRecord): string {
  const { currency } = guided.offering;
  const { explanation, billedQuantity, includedQuantity } = rated;
  const { deck, prefix, servingZone, rate, perUnits, increments, used, roundAt, rounding } = explanation;
  const drawn = used.map(({ bucket, units }) => `${units} of ${bucket}`).join(', ');
  return [
    `${guided.record.quantity} used, ${billedQuantity} billed by increments ${increments}`,
    includedQuantity > 0 ? `${includedQuantity} included (${drawn})` : 'none included',
    `${explanation.chargedQuantity} at ${rate} ${currency} per ${perUnits} (${explanation.priceName ?? `${deck}, ${prefix || servingZone}`})`,
    `${decimalAmount(rated.amountMicro, currency)} ${currency}, rounded ${rounding} per ${roundAt}`,
  ].join('; ');
}
