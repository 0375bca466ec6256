import type { Instant } from '@tollkeeper/calendar';
import type { OfferingVersion } from '@tollkeeper/contracts';
import { isCurrency } from '@tollkeeper/money';
import { checkAllowances } from './check-allowances';
import type { DeckContent, DeckHead } from './check-deck';
import { checkCommercial } from './check-commercial';
import { checkReferences, type KnownOfferings } from './check-references';
import { checkPriceRules } from './check-price-rules';
import type { Finding } from './finding';

/** A version's content; the catalog gives it its number. */
export type OfferingDraft = Omit<OfferingVersion, 'version'>;

export interface OfferingSurroundings {
  /** Versions of the deck that the offering names, oldest first; those that count are in force from their `validFrom` on. */
  deck: (DeckHead & Omit<DeckContent, 'deckId'>)[];
  /** The newest published version of the same offering. */
  previous: { validFrom: Instant; currency: string } | null;
  /** Offerings that this one may name: published, or in the same document. Left out: names are not looked up. */
  others?: KnownOfferings;
}

/** All that the shape of the request alone can't tell. */
export function checkOffering(
  offering: OfferingDraft,
  { deck, previous, others }: OfferingSurroundings,
): Finding[] {
  return [
    ...checkCurrency(offering, previous),
    ...checkOrder(offering, previous),
    ...checkDeck(offering, deck),
    ...checkCharges(offering),
    ...checkCommercial(offering),
    ...checkReferences(offering, others),
  ];
}

function checkCurrency({ currency }: OfferingDraft, previous: OfferingSurroundings['previous']): Finding[] {
  if (!isCurrency(currency))
    return [{ field: 'currency', reason: `${currency} is not an ISO 4217 currency` }];
  if (previous && previous.currency !== currency)
    return [{ field: 'currency', reason: `earlier versions of the offering are in ${previous.currency}` }];
  return [];
}

function checkOrder({ validFrom }: OfferingDraft, previous: OfferingSurroundings['previous']): Finding[] {
  if (!previous || validFrom > previous.validFrom) return [];
  return [
    {
      field: 'validFrom',
      reason: `must be later than that of the published version before it (${previous.validFrom})`,
    },
  ];
}

function checkDeck(offering: OfferingDraft, versions: OfferingSurroundings['deck']): Finding[] {
  const { deckId, currency, validFrom } = offering;
  const [first] = versions;
  if (!first) return [{ field: 'deckId', reason: `there is no rate deck ${deckId}` }];
  const valid = versions.filter((version) => version.validFrom <= validFrom).at(-1);
  if (!valid)
    return [
      {
        field: 'deckId',
        reason: `rate deck ${deckId} is valid from ${first.validFrom} on, the offering from ${validFrom}`,
      },
    ];
  const content = { ...valid, deckId };
  return [
    ...(valid.currency === currency
      ? []
      : [{ field: 'currency', reason: `rate deck ${deckId} is in ${valid.currency}` }]),
    ...checkAllowances(offering.allowances, content),
    ...checkPriceRules(offering, content),
  ];
}

function checkCharges({ recurringCharges, paidInAdvance }: OfferingDraft): Finding[] {
  if (!paidInAdvance || recurringCharges.length === 0) return [];
  return [
    {
      field: 'recurringCharges',
      reason:
        'a plan paid in advance is charged by paidInAdvance.amountMinor and never invoiced: leave this empty',
    },
  ];
}
