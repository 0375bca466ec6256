import type { Customer } from './check-sale';

/** What is known of customers and of what they have, before a request or a batch of lines is looked at. */
export interface BuyerBook {
  customers: ReadonlyMap<string, { kind: 'person' | 'organisation'; segment?: string | null }>;
  /** Subscriptions by customer, those that ended too. */
  subscriptions: ReadonlyMap<string, ReadonlySet<string>>;
}

export const nobodyKnown: BuyerBook = { customers: new Map(), subscriptions: new Map() };

interface Payer {
  /** `null`: made with the account. */
  customerId: string | null;
  country: string;
  creditClass: string | null;
}

export const payerOf = ({
  customerId,
  address,
  creditTerms,
}: {
  customerId: string;
  address: { country: string };
  creditTerms?: { creditClass?: string | null } | null;
}): Payer => ({ customerId, country: address.country, creditClass: creditTerms?.creditClass ?? null });

/** `subscriptionId`: the one that is changed, which makes nobody an old customer. */
export function customerOf(
  { customers, subscriptions }: BuyerBook,
  { customerId, country, creditClass }: Payer,
  subscriptionId: string | null,
): Customer {
  const known = customerId === null ? undefined : customers.get(customerId);
  const held = (customerId === null ? undefined : subscriptions.get(customerId)) ?? new Set<string>();
  return {
    kind: known?.kind ?? 'person',
    segment: known?.segment ?? null,
    country,
    creditClass,
    isNew: [...held].every((id) => id === subscriptionId),
  };
}
