import type { Instant } from '@tollkeeper/calendar';
import type { CreditTerms, DepositMatter } from '@tollkeeper/contracts';
import { classOf, demandedMinor, goodPaymentAt } from './deposit-demand';
import { agreedKeyOf, type OfferingDeposit, ofServices, refundableAt, sumOf } from './offering-deposits';

type GiveBackCause = Extract<DepositMatter, { kind: 'giveBack' }>['cause'];

export interface GiveBack {
  key: string;
  cause: GiveBackCause;
  amountMinor: number;
  /** What the books hold once it is done. */
  leavesMinor: number;
  since: Instant;
  endedAt: Instant | null;
  /** Keys of the offerings' deposits that are good; left out: the class's. */
  agreedKeys?: string[];
  state: 'due' | 'given';
  at: Instant;
}

/** What is known of an account's deposit. */
export interface HeldDeposit {
  balance: { depositMinor: number; depositSince: Instant | null } | null;
  /** Taken by its class or an order, so given back by rule; what somebody deposits by hand is given back by hand. */
  managed: boolean;
  /** Taken by orders that were undone, or for an offering that was changed away. */
  undoneMinor: number;
  /** What orders agreed for offerings; left out: nothing. */
  offeringDeposits?: OfferingDeposit[];
  waiver: { creditClass: string } | null;
  proven: { creditClass: string } | null;
  giveBack: GiveBack | null;
  lateAt: Instant | null;
}

export interface Payer {
  creditTerms: CreditTerms | null;
  zone: string;
}

export interface Services {
  /** That live by now. */
  live: ReadonlySet<string>;
  /** With those that an order is about to begin. */
  coming: ReadonlySet<string>;
  /** When those that live no more ended. */
  ends: ReadonlyMap<string, Instant>;
}

const agreedIn = ({ offeringDeposits = [] }: HeldDeposit): OfferingDeposit[] => offeringDeposits;

/** What goes back was agreed for some offerings; the rest stays. */
export const isOfOfferings = ({ agreedKeys = [] }: Pick<GiveBack, 'agreedKeys'>): boolean =>
  agreedKeys.length > 0;

/** Somebody who may asked for no deposit, as long as the account stays in its class. */
export const isWaived = (terms: CreditTerms | null, { waiver }: Pick<HeldDeposit, 'waiver'>): boolean =>
  waiver !== null && (waiver.creditClass ?? '') === classOf(terms);

/** By the class for the account or each service, and by what was agreed for these services. */
export function demandedOf(
  { creditTerms }: Pick<Payer, 'creditTerms'>,
  held: HeldDeposit,
  services: ReadonlySet<string>,
): number {
  const standing = {
    waivedIn: held.waiver?.creditClass ?? null,
    provenIn: held.proven?.creditClass ?? null,
  };
  const byClass = demandedMinor(creditTerms, services.size, standing);
  return byClass + (isWaived(creditTerms, held) ? 0 : sumOf(ofServices(agreedIn(held), services)));
}

/** When what the class asked for goes back; `null`: not by itself, or nothing of it is held. */
export function goodAt(
  { creditTerms, zone }: Payer,
  held: HeldDeposit,
  { live }: Pick<Services, 'live'>,
): Instant | null {
  const { balance, giveBack, lateAt, managed } = held;
  const months = creditTerms?.depositReturnMonths ?? null;
  const heldSince = balance?.depositSince ?? null;
  if (months === null || heldSince === null || giveBack || !managed || live.size === 0) return null;
  const agreedMinor = isWaived(creditTerms, held) ? 0 : sumOf(agreedIn(held));
  if ((balance?.depositMinor ?? 0) <= agreedMinor) return null;
  return goodPaymentAt({ months, heldSince, lateAt, zone });
}

/** The next date on which something goes back after good payment. */
export function nextGoodAt(payer: Payer, held: HeldDeposit, services: Services): Instant | null {
  if (held.giveBack || heldMinorOf(held) === 0 || !held.managed) return null;
  const standing = { lateAt: held.lateAt, zone: payer.zone };
  const ofOfferings = ofServices(agreedIn(held), services.live).flatMap(
    (each) => refundableAt(each, standing) ?? [],
  );
  return [goodAt(payer, held, services) ?? [], ...ofOfferings].flat().sort()[0] ?? null;
}

/** What is due, and which of the agreed deposits stay agreed. */
interface DueBack extends Pick<GiveBack, 'cause' | 'amountMinor'> {
  since?: Instant;
  endedAt?: Instant | null;
  agreedKeys?: string[];
  keeps?: OfferingDeposit[];
}

/**
 * What of a deposit goes back now, one thing at a time and the first that holds: all of it when no service is left, what
 * orders took that were undone, what was agreed for services that ended, what good payment has earned by the class, and
 * then by the offerings.
 */
export function withGiveBack<Held extends HeldDeposit>(
  held: Held,
  payer: Payer,
  services: Services,
  { at, newKey }: { at: Instant; newKey: () => string },
): Held {
  const heldMinor = heldMinorOf(held);
  const open = held.giveBack;
  // A service that begins again keeps what was about to go back at the end.
  if (open?.state === 'due' && open.cause === 'ended' && !isOfOfferings(open) && services.coming.size > 0)
    return { ...held, giveBack: null };
  if (open || heldMinor === 0 || !held.managed) return held;
  const kept = ofServices(agreedIn(held), services.coming);
  const due =
    afterTheLastService(held, services) ??
    undoneOrEnded(held, payer, services, kept, at) ??
    earned(held, payer, services, kept, at);
  if (!due) return { ...held, undoneMinor: 0, offeringDeposits: kept };
  const { keeps, ...back } = due;
  const giveBack: GiveBack = {
    ...{ key: newKey(), leavesMinor: heldMinor - due.amountMinor, at, endedAt: null, state: 'due' },
    since: held.lateAt ?? held.balance?.depositSince ?? at,
    ...back,
  };
  return { ...held, giveBack, undoneMinor: 0, ...(keeps ? { offeringDeposits: keeps } : {}) };
}

const heldMinorOf = ({ balance }: HeldDeposit): number => balance?.depositMinor ?? 0;

function afterTheLastService(held: HeldDeposit, { coming, ends }: Services): DueBack | null {
  if (coming.size > 0) return null;
  const endedAt = [...ends.values()].sort().at(-1) ?? null;
  const cause = endedAt ? 'ended' : 'orderUndone';
  return { cause, amountMinor: heldMinorOf(held), endedAt, keeps: [] };
}

/** Of what is held beyond what is still demanded. */
function undoneOrEnded(
  held: HeldDeposit,
  payer: Payer,
  { coming, ends }: Services,
  kept: OfferingDeposit[],
  at: Instant,
): DueBack | null {
  const beyond = Math.max(0, heldMinorOf(held) - demandedOf(payer, held, coming));
  const undone = Math.min(held.undoneMinor, beyond);
  if (undone > 0) return { cause: 'orderUndone', amountMinor: undone };
  const ended = agreedIn(held).filter(({ subscriptionId }) => ends.has(subscriptionId));
  const freed = Math.min(sumOf(ended), beyond);
  if (freed === 0) return null;
  const endedAt = ended
    .map(({ subscriptionId }) => ends.get(subscriptionId) ?? at)
    .sort()
    .at(-1);
  return { cause: 'ended', amountMinor: freed, endedAt, agreedKeys: ended.map(agreedKeyOf), keeps: kept };
}

function earned(
  held: HeldDeposit,
  payer: Payer,
  services: Services,
  kept: OfferingDeposit[],
  at: Instant,
): DueBack | null {
  const heldMinor = heldMinorOf(held);
  const { lateAt } = held;
  const due = goodAt(payer, held, services);
  if (due !== null && due <= at) {
    const classPart = heldMinor - (isWaived(payer.creditTerms, held) ? 0 : sumOf(kept));
    return { cause: 'goodPayment', amountMinor: classPart };
  }
  const good = kept.filter((each) => {
    const on = refundableAt(each, { lateAt, zone: payer.zone });
    return on !== null && on <= at;
  });
  const amountMinor = Math.min(sumOf(good), heldMinor);
  if (amountMinor === 0) return null;
  const firstAgreed = good.map(({ agreedAt }) => agreedAt).sort()[0] ?? at;
  const since = lateAt !== null && lateAt > firstAgreed ? lateAt : firstAgreed;
  return { cause: 'goodPayment', amountMinor, since, agreedKeys: good.map(agreedKeyOf) };
}
