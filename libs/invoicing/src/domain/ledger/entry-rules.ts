import { type PostingRule, postingRules } from '@tollkeeper/contracts';

/** What an entry is about: decides which of `accountId`, `invoiceId` and `gateway` it must name. */
export interface EntryRule {
  about: 'account' | 'invoice' | 'tenant';
  gateway: boolean;
  /** `given`: must be said; `whole`: may be left out, and is then all that there is. */
  amount: 'given' | 'whole';
  says: string;
}

const onAccount = { about: 'account', gateway: false, amount: 'given' } as const;
const onInvoice = { about: 'invoice', gateway: false, amount: 'given' } as const;

/** What a person may post; every other rule of the table is posted by the system alone. */
export const entryRules = {
  exGratiaCredit: { ...onAccount, says: 'goodwill, as account credit; no price falls, no tax changes' },
  promotionalCredit: { ...onAccount, says: 'credit of a promotion' },
  promotionalExpired: { ...onAccount, says: 'promotional credit that can be used no more' },
  depositReturned: { ...onAccount, gateway: true, says: 'a deposit paid back outside the gateways' },
  creditApplied: { ...onInvoice, says: 'account credit used for an open invoice' },
  depositApplied: { ...onInvoice, says: 'a deposit used for an open invoice' },
  promotionalSpent: { ...onInvoice, says: 'promotional credit used for an open invoice' },
  priceReduction: { ...onInvoice, says: 'a lower price afterwards; tax falls in proportion' },
  lateFee: { ...onInvoice, says: 'charged on an overdue invoice, paid after what is due' },
  lateFeeWaived: { ...onInvoice, says: 'a late fee that is open is let go' },
  roundingDifference: { ...onInvoice, says: 'a few minor units that are not worth asking for' },
  writeOff: { ...onInvoice, amount: 'whole', says: 'the whole open amount is given up' },
  badDebtRelief: { ...onInvoice, amount: 'whole', says: 'tax on a debt that was written off' },
  recovery: { ...onInvoice, gateway: true, says: 'paid after all, outside the gateways' },
  gatewayFee: { about: 'tenant', gateway: true, amount: 'given', says: 'charged by a gateway or bank' },
} as const satisfies Partial<Record<PostingRule, EntryRule>>;

export type EntryRuleName = keyof typeof entryRules;

export const isEntryRule = (rule: string): rule is EntryRuleName => Object.hasOwn(entryRules, rule);

export const isPostingRule = (rule: string): rule is PostingRule => Object.hasOwn(postingRules, rule);
