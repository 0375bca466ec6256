import type { Instant, LocalDate } from '@tollkeeper/calendar';

/**
 * A subscription is told to its payers in slices: each payer hears of the time in which it pays, under an id of its
 * own for rating and invoicing (`<subscriptionId>.2` after the first change). All slices together are its whole life.
 */
export interface SubscriptionSlice {
  /** The Product that this is a slice of. */
  subscriptionId: string;
  /** Whose subscription it is in this slice, whoever pays. */
  holderAccountId: string;
  /** Where the Product's life begins. */
  activeFrom: Instant;
  /** From the slice's end on somebody else pays: what was charged beyond it is given back. */
  continues: boolean;
}

/** Frees charges of one jurisdiction's tax while it is valid. */
export interface TaxCertificate {
  certificateId: string;
  /** As the authority numbered it; printed on the bill. */
  number: string;
  /** `US`, or `US-NY` for a region, as in the tax table; a region's certificate does not free of the country's tax. */
  jurisdiction: string;
  reason: string;
  validFromOn: LocalDate;
  /** First day on which it holds no more. */
  validToOn: LocalDate | null;
}

/** What an account's credit class sets. */
export interface CreditTerms {
  creditClass: string;
  /** `null`: no limit. */
  creditLimitMinor: number | null;
  depositMinor: number;
  usageCapMinor: number | null;
  /** `null`, or one that payments does not know: the tenant's own policy. */
  dunningPolicyId: string | null;
  /** Left out: one deposit for the account, however many subscriptions it has. */
  depositPer?: 'account' | 'subscription';
  /** Good months after which a deposit goes back; left out or `null`: when the account's last service has ended. */
  depositReturnMonths?: number | null;
  /** Percentages of the usage cap that are told, ascending; left out: 80. 100 is always told. */
  capNotices?: number[];
  /** What happens at 100 % of the usage cap; left out: it is told and nothing else. */
  capAction?: CapAction;
}

/** `notify`: nothing is barred. Emergency numbers and the payment line stay open whatever is barred. */
export const capActions = ['notify', 'barData', 'barOutgoing'] as const;
export type CapAction = (typeof capActions)[number];

/** Tags that processes obey; any other tag is a note to people. */
export const controlTags = ['autoPayOff', 'invoicingOff', 'collectionHold'] as const;
export type ControlTag = (typeof controlTags)[number];

/** A control tag in force from one business instant to another (`null`: until somebody ends it). */
export interface AccountFlag {
  tag: ControlTag;
  from: Instant;
  to: Instant | null;
  reason: string;
}

/** The flag that holds at an instant; of several the one that lasts longest. */
export function flagAt(
  flags: readonly AccountFlag[] | undefined,
  tag: ControlTag,
  at: Instant,
): AccountFlag | null {
  const holding = (flags ?? []).filter(
    (flag) => flag.tag === tag && flag.from <= at && (flag.to === null || at < flag.to),
  );
  return holding.find(({ to }) => to === null) ?? holding.sort(laterEndFirst)[0] ?? null;
}

const laterEndFirst = ({ to: left }: AccountFlag, { to: right }: AccountFlag): number =>
  (left ?? '') < (right ?? '') ? 1 : -1;
