import type { LocalDate } from '@tollkeeper/calendar';
import type { BillLine, ChargedThrough, LastBilled } from './bill';
import { chargeOfReturn } from './charge-lines';

type ChargedLine = Pick<BillLine, 'chargeKey' | 'from' | 'to' | 'amountMinor' | 'discounts'>;

/**
 * How far each charge is billed after a bill: what earlier bills reached stays known as long as it may matter, so that
 * a charge of a quarter is not billed again by the bills of its months. What was given back may be charged again.
 */
export function chargedAfter(
  lastBilled: LastBilled | null,
  lines: readonly ChargedLine[],
  heldKeys: (chargeKey: string) => boolean,
  periodTo: LocalDate,
): ChargedThrough[] {
  const after = new Map<string, ChargedThrough>();
  for (const [chargeKey, through] of Object.entries(lastBilled?.chargedThrough ?? {})) {
    const { listMinor, discountMinor } = lastBilled?.discounted?.[chargeKey] ?? nothing;
    if (through > periodTo || heldKeys(chargeKey))
      after.set(chargeKey, { chargeKey, through, listMinor, discountMinor });
  }
  for (const line of lines) {
    if (line.chargeKey === null) continue;
    const returned = chargeOfReturn(line.chargeKey);
    const before = after.get(returned ?? line.chargeKey);
    if (returned !== null) {
      if (before && line.from < before.through) after.set(returned, { ...before, through: line.from });
    } else if (!before || before.through < line.to) {
      const discountMinor = (line.discounts ?? []).reduce((sum, each) => sum + each.amountMinor, 0);
      after.set(line.chargeKey, {
        chargeKey: line.chargeKey,
        through: line.to,
        listMinor: line.amountMinor,
        discountMinor,
      });
    }
  }
  return [...after.values()].sort((left, right) => (left.chargeKey < right.chargeKey ? -1 : 1));
}

const nothing = { listMinor: 0, discountMinor: 0 };

export const lastBilledOf = (periodTo: LocalDate, charged: readonly ChargedThrough[]): LastBilled => ({
  periodTo,
  chargedThrough: Object.fromEntries(charged.map(({ chargeKey, through }) => [chargeKey, through])),
  discounted: Object.fromEntries(
    charged
      .filter(({ discountMinor }) => discountMinor !== 0)
      .map(({ chargeKey, listMinor, discountMinor }) => [chargeKey, { listMinor, discountMinor }]),
  ),
});

/** Of bills drafted before they said it themselves. */
export function chargedThroughOf(
  lines: readonly Pick<BillLine, 'chargeKey' | 'to'>[],
): Record<string, LocalDate> {
  const through: Record<string, LocalDate> = {};
  for (const { chargeKey, to } of lines) {
    if (chargeKey !== null && (through[chargeKey] ?? '') < to) through[chargeKey] = to;
  }
  return through;
}
