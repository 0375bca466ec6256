import type { PostalAddress, TenantProfile } from '@tollkeeper/contracts';

export interface FinalCandidate {
  customerName: string;
  address: PostalAddress;
  totalMinor: number;
  netMinor: number;
  taxMinor: number;
  lines?: readonly { amountMinor: number }[];
  /** One-off charges on it that were cancelled since it was drafted. */
  cancelled?: readonly string[];
  /** Devices on it that were cancelled or credited since it was drafted. */
  devicesChanged?: readonly string[];
  /** The bill before it is still a draft, or is another one than when this was drafted. Absent: all is well. */
  before?: 'draft' | 'changed';
  /** It gives back days of a line that was credited since it was drafted. */
  givesBackTwice?: boolean;
}

/** All that can refuse a bill is asked before it gets a number; `null`: it may be numbered. */
export function whyNotFinal(bill: FinalCandidate, seller: TenantProfile | null): string | null {
  if (!seller) return 'The seller is not known: the tenant profile has not arrived.';
  if (!seller.legalName || seller.addressLines.length === 0)
    return 'The seller has no legal name or no address.';
  if (!bill.customerName) return 'The customer has no name.';
  if (bill.address.lines.length === 0 || !bill.address.country) return 'The customer has no postal address.';
  if (bill.netMinor + bill.taxMinor !== bill.totalMinor) return 'Net and tax do not add up to the total.';
  if (bill.cancelled?.length)
    return `A charge on it was cancelled (${bill.cancelled.join(', ')}): draft it again.`;
  if (bill.devicesChanged?.length)
    return `A device on it has changed (${bill.devicesChanged.join(', ')}): try this account again.`;
  if (bill.before) return beforeTexts[bill.before];
  if (bill.givesBackTwice)
    return 'It gives back days of a line that was credited since it was drafted: try this account again.';
  // What was charged in advance and is given back may be all that is left to bill: it becomes account credit.
  const givesBack = bill.lines?.some(({ amountMinor }) => amountMinor < 0) ?? false;
  return bill.totalMinor < 0 && !givesBack ? 'The total is negative: this needs a credit note.' : null;
}

const beforeTexts = {
  draft: 'The bill before it is not final yet: finish its run, then try this account again.',
  changed: 'The bill before it has changed since: try this account again.',
} as const;
