/** From this position of a call on, usage is counted in started steps of `increment` units. */
export interface IncrementSlot {
  from: number;
  increment: number;
}

/** 60/1 as slots: one step of 60, then by the unit. */
export const slotsOf = (initialIncrement: number, nextIncrement: number): IncrementSlot[] =>
  initialIncrement === nextIncrement
    ? [{ from: 0, increment: initialIncrement }]
    : [
        { from: 0, increment: initialIncrement },
        { from: initialIncrement, increment: nextIncrement },
      ];

/**
 * Where the last started step ends when a call that is billed up to `position` goes on to `end`. A step that started under
 * one slot (or price) is whole, also where it reaches into the next.
 */
export function billedUpTo(slots: readonly IncrementSlot[], position: number, end: number): number {
  if (slots.length === 1) return wholeSteps(slots[0]!.increment, position, end);
  let billed = position;
  for (let index = slotAt(slots, position); billed < end && index < slots.length; index += 1) {
    const slotEnd = slots[index + 1]?.from ?? end;
    const stop = slotEnd < end ? slotEnd : end;
    if (billed >= stop) continue;
    billed = wholeSteps(slots[index]!.increment, billed, stop);
  }
  return billed;
}

function wholeSteps(increment: number, position: number, end: number): number {
  if (position >= end) return position;
  return increment === 1 ? end : position + Math.ceil((end - position) / increment) * increment;
}

function slotAt(slots: readonly IncrementSlot[], position: number): number {
  let index = slots.length - 1;
  while (index > 0 && slots[index]!.from > position) index -= 1;
  return index;
}
