interface Revised {
  revision: number;
}

/** Of each subject the highest revision, if it is higher than the one we hold. */
export function newestFacts<Fact extends Revised>(
  facts: readonly Fact[],
  idOf: (fact: Fact) => string,
  held: ReadonlyMap<string, number>,
): Fact[] {
  const newest = new Map<string, Fact>();
  for (const fact of facts) {
    const known = newest.get(idOf(fact))?.revision ?? held.get(idOf(fact)) ?? -1;
    if (fact.revision > known) newest.set(idOf(fact), fact);
  }
  return [...newest.values()];
}
