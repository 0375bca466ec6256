/** One thing that is wrong with what was handed in: where, and why. */
export interface Finding {
  field: string;
  reason: string;
}

export const inside = (prefix: string, findings: Finding[]): Finding[] =>
  findings.map(({ field, reason }) => ({ field: `${prefix}.${field}`, reason }));

/** Every repeat of a key, at its place: `allowances.2.allowanceId`. */
export function findRepeats<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
  fieldOf: (index: number) => string,
): Finding[] {
  const first = new Map<string, number>();
  return items.flatMap((item, index) => {
    const key = keyOf(item);
    const earlier = first.get(key);
    if (earlier === undefined) first.set(key, index);
    return earlier === undefined
      ? []
      : [{ field: fieldOf(index), reason: `"${key}" is there already (number ${earlier})` }];
  });
}
