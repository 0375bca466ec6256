import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  type AfterUse,
  assign,
  endUse,
  type IdentifierBook,
  isAssigned,
  isRefused,
  release,
  reserve,
  transfer,
} from './identifier-book';
import { overlap } from './identifier-ownership';

const hour = (of: number): string => new Date(Date.UTC(2026, 2, 1, of)).toISOString();
const values = ['1', '2', '3'];

/** A house with three numbers, four subscriptions and orders: the moves that the service makes of the rules. */
class House {
  private made = 0;
  readonly books = new Map<string, IdentifierBook>(
    values.map((value) => [value, { kind: 'msisdn', value, isForeign: value === '3', spans: [] }]),
  );

  book(value: string): IdentifierBook {
    const found = this.books.get(value);
    if (!found) throw new Error(value);
    return found;
  }

  private put(book: ReturnType<typeof assign>): boolean {
    if (isRefused(book)) return false;
    this.books.set(book.value, book);
    return true;
  }

  assign(
    value: string,
    who: string,
    from: number,
    hours: number | null,
    now: number,
    orderId: string | null,
    portedIn: boolean,
  ): boolean {
    const span = { from: hour(from), to: hours === null ? null : hour(from + hours) };
    const own = { assignmentId: `asg_${(this.made += 1)}`, subscriptionId: who, accountId: `acc_${who}` };
    return this.put(assign(this.book(value), { ...span, ...own, orderId, portedIn }, hour(now)));
  }

  end(who: string, at: number, becomes: AfterUse, days: number | null): void {
    const ageingUntil = days === null ? null : hour(at + days);
    for (const value of values)
      this.put(endUse(this.book(value), { subscriptionId: who, at: hour(at), becomes, ageingUntil }));
  }

  /** Both or neither, as one transaction. */
  replace(who: string, old: string, value: string, at: number, becomes: AfterUse): void {
    const before = new Map(this.books);
    const end = { subscriptionId: who, at: hour(at), becomes, ageingUntil: hour(at + 3) };
    this.put(endUse(this.book(old), end));
    if (this.assign(value, who, at, null, at, null, false)) return;
    for (const [key, book] of before) this.books.set(key, book);
  }

  transfer(who: string, at: number): void {
    const toAccountId = `acc_${(this.made += 1)}`;
    for (const value of values)
      this.put(
        transfer(this.book(value), {
          subscriptionId: who,
          toAccountId,
          at: hour(at),
          assignmentId: `asg_t${this.made}`,
        }),
      );
  }
}

const value = fc.constantFrom(...values);
const who = fc.constantFrom('a', 'b', 'c', 'd');
const at = fc.integer({ min: 0, max: 40 });
const becomes = fc.constantFrom<AfterUse>('ageing', 'available', 'portedOut');
const orderId = fc.constantFrom('order1', 'order2');

const move = fc.oneof(
  fc
    .tuple(value, who, at, fc.option(fc.integer({ min: 1, max: 8 })), at, fc.option(orderId), fc.boolean())
    .map((args) => (house: House) => void house.assign(...args)),
  fc
    .tuple(who, at, becomes, fc.option(fc.integer({ min: 0, max: 6 })))
    .map((args) => (house: House) => house.end(...args)),
  fc.tuple(who, value, value, at, becomes).map((args) => (house: House) => house.replace(...args)),
  fc.tuple(who, at).map((args) => (house: House) => house.transfer(...args)),
  fc
    .tuple(value, orderId, at, fc.integer({ min: 1, max: 9 }))
    .map(([name, order, from, hours]) => (house: House) => {
      const kept = reserve(house.book(name), { orderId: order, at: hour(from), until: hour(from + hours) });
      if (!isRefused(kept)) house.books.set(name, kept);
    }),
  fc.tuple(value, orderId, at).map(([name, order, from]) => (house: House) => {
    house.books.set(name, release(house.book(name), { orderId: order, at: hour(from) }));
  }),
);

it('is one owner at most at each instant, whatever is assigned, replaced, ended, transferred, reserved in whatever order', () => {
  fc.assert(
    fc.property(fc.array(move, { maxLength: 40 }), (moves) => {
      const house = new House();
      for (const make of moves) {
        make(house);
        for (const { spans } of house.books.values()) {
          spans.forEach((span, index) => {
            expect(span.to === null || span.from < span.to).toBe(true);
            const next = spans[index + 1];
            if (next) expect([span, next, overlap(span, next)]).toEqual([span, next, false]);
            if (next) expect(span.from < next.from).toBe(true);
          });
          const ids = spans.filter(isAssigned).map(({ assignmentId }) => assignmentId);
          expect(new Set(ids).size).toBe(ids.length);
        }
      }
    }),
    { numRuns: 2_000 },
  );
});

it('gives one of two that want the same number at the same time', () => {
  fc.assert(
    fc.property(value, at, fc.integer({ min: 0, max: 20 }), (name, from, later) => {
      const house = new House();
      expect(house.assign(name, 'a', from, null, from, null, false)).toBe(true);
      expect(house.assign(name, 'b', from + later, null, from, null, false)).toBe(false);
    }),
  );
});
