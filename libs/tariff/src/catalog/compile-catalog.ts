import type { Instant } from '@tollkeeper/calendar';
import type { Allowance, OfferingVersion } from '@tollkeeper/contracts';
import type { CompiledDeck } from '../deck/compile-deck';
import { compileRules, type CompiledRule } from '../prices/price-rules';

/** A version with its own usage prices compiled and its allowances in their order of use. */
export interface CompiledOffering extends OfferingVersion {
  /** `basic@2`, as explanations name it. */
  label: string;
  rules: CompiledRule[];
}

/** Every published version, newest first per id. */
export interface CompiledCatalog {
  offerings: Map<string, CompiledOffering[]>;
  decks: Map<string, CompiledDeck[]>;
}

interface Versioned {
  version: number;
  validFrom: Instant;
}

const newestFirst = (left: Versioned, right: Versioned): number =>
  left.validFrom === right.validFrom
    ? right.version - left.version
    : left.validFrom < right.validFrom
      ? 1
      : -1;

function versionsById<Version extends Versioned>(
  versions: readonly Version[],
  idOf: (version: Version) => string,
): Map<string, Version[]> {
  const byId = new Map<string, Version[]>();
  for (const version of [...versions].sort(newestFirst)) {
    const known = byId.get(idOf(version));
    if (known) known.push(version);
    else byId.set(idOf(version), [version]);
  }
  return byId;
}

export const inOrderOfUse = (left: Allowance, right: Allowance): number =>
  left.priority - right.priority || (left.allowanceId < right.allowanceId ? -1 : 1);

function compileOffering(offering: OfferingVersion): CompiledOffering {
  const label = `${offering.offeringId}@${offering.version}`;
  return {
    ...offering,
    label,
    allowances: [...offering.allowances].sort(inOrderOfUse),
    rules: compileRules(offering.usagePrices ?? [], label),
  };
}

/** Throws a RangeError that names the version and the price that cannot be rated from. */
export const compileCatalog = (
  offerings: readonly OfferingVersion[],
  decks: readonly CompiledDeck[],
): CompiledCatalog => ({
  offerings: versionsById(offerings.map(compileOffering), ({ offeringId }) => offeringId),
  decks: versionsById(decks, ({ deckId }) => deckId),
});

/** A version is in force from its own instant until the next one's. */
export const versionAt = <Version extends Versioned>(
  versions: readonly Version[] | undefined,
  at: Instant,
): Version | undefined => versions?.find(({ validFrom }) => validFrom <= at);
