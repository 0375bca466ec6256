/** An instrument of an account, as far as it shows which card it is. */
export interface Instrument {
  _id: string;
  kind?: string;
  brand: string;
  last4: string;
  fingerprint: string;
}

const wallets = ['wallet', 'applePay', 'googlePay'];

export const isWallet = ({ kind }: { kind?: string }): boolean => wallets.includes(kind ?? 'card');
const isCard = ({ kind }: { kind?: string }): boolean => (kind ?? 'card') === 'card' || isWallet({ kind });
/** Without the wallet that some gateways write behind it. */
const schemeOf = (brand: string): string => (brand.split(' (')[0] ?? brand).toLowerCase();

export interface CountedCard {
  /** The fingerprint under which its tries are kept. */
  countsAs: string;
  /** Other fingerprints under which tries of the same card may have been kept. */
  countsWith: string[];
}

/**
 * A wallet pays with a number of the device, whose fingerprint is its own, while the schemes count tries of the card
 * behind it. No gateway says which card that is; of one account, the same scheme and last digits are taken for it, and
 * a wallet's tries are kept as that card's, so that they count for other accounts with the card too. Two cards are two
 * cards whatever their last digits. Of a card that only another account has shown nobody can tell.
 *
 * `instruments`: the newest first.
 */
export function sameCards(instruments: readonly Instrument[]): Map<string, CountedCard> {
  const cards = instruments.filter(isCard);
  return new Map(
    cards.map((one) => {
      const others = cards.filter((other) => isSame(one, other));
      const all = [...new Set([one, ...others].map(({ fingerprint }) => fingerprint))].sort();
      const behind = isWallet(one) ? others.find((other) => !isWallet(other)) : one;
      const countsAs = behind?.fingerprint ?? all[0] ?? one.fingerprint;
      return [one._id, { countsAs, countsWith: all.filter((each) => each !== countsAs) }];
    }),
  );
}

const isSame = (one: Instrument, other: Instrument): boolean =>
  one._id !== other._id &&
  (isWallet(one) || isWallet(other)) &&
  schemeOf(other.brand) === schemeOf(one.brand) &&
  other.last4 === one.last4;

type Counted = Pick<Instrument, 'fingerprint'> & Partial<CountedCard>;

export const countedAs = ({ fingerprint, countsAs = fingerprint }: Counted): string => countsAs;

/** All fingerprints that count as one card. */
export const fingerprintsOf = ({
  fingerprint,
  countsAs = fingerprint,
  countsWith = [],
}: Counted): string[] => [...new Set([fingerprint, countsAs, ...countsWith])];
