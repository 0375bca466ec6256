import type { LocalDate } from '@tollkeeper/calendar';
import type { BilledCharge, BillLine, ChargedThrough, LastBilled } from './bill';
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
    const billed = lastBilled?.billed?.[chargeKey] ?? nothing;
    if (through > periodTo || heldKeys(chargeKey)) after.set(chargeKey, { chargeKey, through, ...billed });
  }
  const returns = lines.filter((line) => line.chargeKey !== null && chargeOfReturn(line.chargeKey) !== null);
  for (const line of returns.reverse()) noteReturn(line, after);
  for (const line of lines) {
    if (line.chargeKey === null || chargeOfReturn(line.chargeKey) !== null) continue;
    const before = after.get(line.chargeKey);
    if (!before || before.through < line.to)
      after.set(line.chargeKey, {
        chargeKey: line.chargeKey,
        through: line.to,
        from: line.from,
        to: line.to,
        listMinor: line.amountMinor,
        discountMinor: (line.discounts ?? []).reduce((sum, each) => sum + each.amountMinor, 0),
        ...runningOn(before, periodTo),
      });
  }
  return [...after.values()].sort((left, right) => (left.chargeKey < right.chargeKey ? -1 : 1));
}

/** A charge with periods of its own may have several under way at a cut-off: all of them can still be given back. */
function runningOn(before: ChargedThrough | undefined, periodTo: LocalDate): Partial<BilledCharge> {
  if (!before) return {};
  const { from, to, through, listMinor, discountMinor, returnedTo, earlier = [] } = before;
  const last = from && to ? [{ from, to, until: to, listMinor, discountMinor }] : [];
  const running = [...earlier, ...last]
    .map((line) => ({ ...line, until: line.until < through ? line.until : through }))
    .filter(({ from: first, until }) => until > periodTo && first < until);
  if (running.length === 0) return {};
  return { earlier: running, ...(returnedTo === undefined ? {} : { returnedTo }) };
}

/** The last days first: what is given back up to the end may be charged again, a stretch before it is done with. */
function noteReturn(line: ChargedLine, after: Map<string, ChargedThrough>): void {
  const chargeKey = chargeOfReturn(line.chargeKey ?? '') ?? '';
  const before = after.get(chargeKey);
  if (!before) return;
  if (line.to >= before.through) after.set(chargeKey, { ...before, through: line.from });
  else if ((before.returnedTo ?? '') < line.to) after.set(chargeKey, { ...before, returnedTo: line.to });
}

const nothing = { listMinor: 0, discountMinor: 0 };

export const lastBilledOf = (periodTo: LocalDate, charged: readonly ChargedThrough[]): LastBilled => ({
  periodTo,
  chargedThrough: Object.fromEntries(charged.map(({ chargeKey, through }) => [chargeKey, through])),
  billed: Object.fromEntries(
    charged.map(({ chargeKey, through: _through, ...billed }) => [chargeKey, billed]),
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
