import type { Cycle } from '@tollkeeper/calendar';
import type { AccountChange } from './account-fields';
import type { AccountRow } from './account.schema';

/** A change as its columns of the row; `cycles` has the one that it names. */
export function changedColumns(
  { email, ...rest }: AccountChange,
  cycles: ReadonlyMap<string, Cycle>,
): Partial<AccountRow> {
  const lowered = email === undefined ? {} : { email: email.toLowerCase() };
  if (rest.cycleId === undefined) return { ...rest, ...lowered };
  return { ...rest, ...lowered, cycleId: rest.cycleId, cycle: cycles.get(rest.cycleId ?? '') ?? null };
}
