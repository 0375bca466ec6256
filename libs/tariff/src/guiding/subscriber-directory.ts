import type { Cycle, Instant } from '@tollkeeper/calendar';
import type { IdentifierKind, PriceOverride, SubscriptionProfile } from '@tollkeeper/contracts';
import type { UsageRecord } from '../record/usage-record';

/** What rating knows of a payer. */
export interface SubscriberAccount {
  accountId: string;
  zone: string;
  cycle: Cycle | null;
  subscriptions: SubscriptionProfile[];
  /** Prices agreed with the customer. Left out: none. */
  overrides?: PriceOverride[];
}

export interface Subscriber {
  account: SubscriberAccount;
  subscription: SubscriptionProfile;
}

type Named = Pick<UsageRecord, 'imsi' | 'msisdn' | 'startAt'>;

/** As rows are found by it. */
export const identifierKey = (kind: IdentifierKind, value: string): string =>
  `${kind}:${value.replace(/^\+/, '')}`;

/** How a record may name its subscriber: the SIM goes before the number that it was lent. */
export const identifierKeysOf = ({ imsi, msisdn }: Pick<UsageRecord, 'imsi' | 'msisdn'>): string[] => [
  ...(imsi ? [identifierKey('imsi', imsi)] : []),
  ...(msisdn ? [identifierKey('msisdn', msisdn)] : []),
];

const mostDigits = 15;
const [zero, nine, plus] = [48, 57, 43];
const none = 0;

/** Digits behind a 1 (number) or a 2 (SIM): 16 digits at most, exact in a double; 0 for what no record can name. */
function numericKey(kind: 'msisdn' | 'imsi', value: string): number {
  const from = value.charCodeAt(0) === plus ? 1 : 0;
  if (value.length === from || value.length - from > mostDigits) return none;
  let key = kind === 'msisdn' ? 1 : 2;
  for (let at = from; at < value.length; at += 1) {
    const digit = value.charCodeAt(at);
    if (digit < zero || digit > nine) return none;
    key = key * 10 + (digit - zero);
  }
  return key;
}

const word = 2 ** 32;

function slotOf(key: number, mask: number): number {
  const mixed = Math.imul((key >>> 0) ^ Math.imul((key / word) >>> 0, 0x9e3779b1), 0x85ebca6b);
  return (mixed ^ (mixed >>> 15)) & mask;
}

const digitAt = (text: string, at: number): number => text.charCodeAt(at) - zero;
const pairAt = (text: string, at: number): number => digitAt(text, at) * 10 + digitAt(text, at + 1);
const instantLength = '2026-01-10T14:00:00.000Z'.length;

/** Instants as numbers in the same order: exact, and compared without a look at two texts far apart in memory. */
function momentOf(at: Instant): number {
  if (at.length !== instantLength) throw new RangeError(`${at} is not an instant to the millisecond`);
  const year = pairAt(at, 0) * 100 + pairAt(at, 2);
  const day = (year * 12 + pairAt(at, 5)) * 31 + pairAt(at, 8);
  const second = ((day * 24 + pairAt(at, 11)) * 60 + pairAt(at, 14)) * 60 + pairAt(at, 17);
  return second * 1000 + digitAt(at, 20) * 100 + pairAt(at, 21);
}

const endOf = (to: Instant | null): number => (to === null ? Infinity : momentOf(to));

/** The Product itself, also where the payer sees a slice of it. */
const productOf = ({ subscriptionId, slice }: SubscriptionProfile): string =>
  slice?.subscriptionId ?? subscriptionId;

const firstSlots = 1 << 10;

/**
 * Who had which SIM or number when. Flat: an open hash table from the identifier to a chain of its dated assignments,
 * about 80 bytes for each, so that a million of them lie in memory and a record finds its own in a microsecond.
 */
export class SubscriberDirectory {
  private keys = new Float64Array(firstSlots);
  /** Index of the first assignment of the slot's identifier. */
  private heads = new Int32Array(firstSlots);
  private used = 0;
  /** Half-open, and within the time in which the subscription is active. */
  private readonly from: number[] = [];
  private readonly to: number[] = [];
  private readonly accounts: SubscriberAccount[] = [];
  private readonly subscriptions: SubscriptionProfile[] = [];
  /** Index of the identifier's next assignment, -1 at the end. */
  private readonly next: number[] = [];

  constructor(accounts: readonly SubscriberAccount[] = []) {
    this.add(accounts);
  }

  /** Assignments that it can find. */
  get size(): number {
    return this.from.length;
  }

  /** Accounts that it does not know yet. */
  add(accounts: readonly SubscriberAccount[]): void {
    for (const account of accounts) {
      for (const subscription of account.subscriptions) {
        for (const { kind, value, from, to } of subscription.identifiers) {
          const key = kind === 'iccid' ? none : numericKey(kind, value);
          if (key !== none) this.insert(key, from, to, account, subscription);
        }
      }
    }
  }

  /**
   * Who used it: as of the event's start, by the SIM before the number. A SIM of ours that nobody has at that instant
   * is not served by the number alone: the number may be another's by now. It is, when its owner is who had the SIM.
   */
  subscriberAt({ imsi, msisdn, startAt }: Named): Subscriber | null {
    const sim = imsi === '' ? none : numericKey('imsi', imsi);
    const at = momentOf(startAt);
    const bySim = this.holder(sim, at);
    if (bySim >= 0) return this.subscriber(bySim);
    const byNumber = this.holder(msisdn === '' ? none : numericKey('msisdn', msisdn), at);
    if (byNumber < 0) return null;
    const found = this.subscriber(byNumber);
    return this.isAnothers(sim, productOf(found.subscription)) ? null : found;
  }

  /** Whether anybody had the number at that instant. */
  hasNumberAt(msisdn: string, at: Instant): boolean {
    return this.holder(numericKey('msisdn', msisdn), momentOf(at)) >= 0;
  }

  private subscriber(assignment: number): Subscriber {
    return {
      account: this.accounts[assignment]!,
      subscription: this.subscriptions[assignment]!,
    };
  }

  private holder(key: number, at: number): number {
    for (let each = this.first(key); each >= 0; each = this.next[each]!)
      if (this.from[each]! <= at && at < this.to[each]!) return each;
    return -1;
  }

  private isAnothers(sim: number, product: string): boolean {
    let each = this.first(sim);
    if (each < 0) return false;
    for (; each >= 0; each = this.next[each]!)
      if (productOf(this.subscriptions[each]!) === product) return false;
    return true;
  }

  private first(key: number): number {
    if (key === none) return -1;
    const slot = this.find(key);
    return this.keys[slot] === key ? this.heads[slot]! : -1;
  }

  private insert(
    key: number,
    from: Instant,
    to: Instant | null,
    account: SubscriberAccount,
    subscription: SubscriptionProfile,
  ): void {
    if (this.used * 2 >= this.keys.length) this.grow();
    const slot = this.find(key);
    const isNew = this.keys[slot] !== key;
    this.next.push(isNew ? -1 : this.heads[slot]!);
    this.heads[slot] = this.from.length;
    this.from.push(Math.max(momentOf(from), momentOf(subscription.activeFrom)));
    this.to.push(Math.min(endOf(to), endOf(subscription.activeTo)));
    this.accounts.push(account);
    this.subscriptions.push(subscription);
    if (!isNew) return;
    this.keys[slot] = key;
    this.used += 1;
  }

  /** The key's slot, or the free one where it belongs; half of the table is free, so that one is found. */
  private find(key: number): number {
    const mask = this.keys.length - 1;
    let slot = slotOf(key, mask);
    while (this.keys[slot] !== none && this.keys[slot] !== key) slot = (slot + 1) & mask;
    return slot;
  }

  private grow(): void {
    const [keys, heads] = [this.keys, this.heads];
    this.keys = new Float64Array(keys.length * 2);
    this.heads = new Int32Array(heads.length * 2);
    keys.forEach((key, old) => {
      if (key === none) return;
      const slot = this.find(key);
      this.keys[slot] = key;
      this.heads[slot] = heads[old]!;
    });
  }
}
