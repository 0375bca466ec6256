import { describe, expect, it } from '@jest/globals';
import {
  assign,
  type EndOfUse,
  endUse,
  freeFrom,
  giveAway,
  type IdentifierBook,
  type InventorySpan,
  isRefused,
  type Refused,
  release,
  reserve,
  stateAt,
  takeBack,
  transfer,
} from './identifier-book';
import { type InventoryMove, inventoryMoves, type InventoryState } from './inventory-moves';

const hour = (of: number): string => `2026-03-01T${String(of).padStart(2, '0')}:00:00.000Z`;
const or = (to: number | null) => (to === null ? null : hour(to));

/** `a 8-12`: assigned to a; `order1 8-12`: reserved; `ageing 8-12`; `out 8-`. */
function span(text: string): InventorySpan {
  const [who = '', times = ''] = text.split(' ');
  const [from, to] = times.split('-').map((part) => (part === '' ? null : Number(part)));
  const when = { from: hour(from ?? 0), to: or(to ?? null) };
  if (who === 'out') return { state: 'portedOut', ...when };
  if (who === 'ageing') return { state: 'ageing', ...when };
  if (who.startsWith('order')) return { state: 'reserved', orderId: who, ...when };
  const [accountId = ''] = who;
  return { state: 'assigned', assignmentId: text, subscriptionId: who, accountId, portedIn: false, ...when };
}

const timeOf = (at: string | null) => (at === null ? '' : String(Number(at.slice(11, 13))));
function shown(each: InventorySpan): string {
  const names = { reserved: '', assigned: '', ageing: 'ageing', portedOut: 'out' };
  const who =
    each.state === 'assigned'
      ? each.subscriptionId
      : each.state === 'reserved'
        ? each.orderId
        : names[each.state];
  return `${who} ${timeOf(each.from)}-${timeOf(each.to)}`;
}

const book = (spans: string[], isForeign = false): IdentifierBook => ({
  kind: 'msisdn',
  value: '15550100',
  isForeign,
  spans: spans.map(span),
});
const outcome = (result: IdentifierBook | Refused): string[] | string =>
  isRefused(result) ? result.refused : result.spans.map(shown);

const wanted = (text: string, more: { orderId?: string; portedIn?: boolean } = {}) => {
  const { from, to } = span(text);
  const [who = ''] = text.split(' ');
  const [accountId = ''] = who;
  const own = { assignmentId: `new ${text}`, subscriptionId: who, accountId };
  return { ...own, from, to, orderId: null, portedIn: false, ...more };
};

describe('who may have a number', () => {
  it.each([
    ['a free one', [], 'b 12-', ['b 12-']],
    ['after its owner, on the same day', ['a 8-12'], 'b 12-', ['a 8-12', 'b 12-']],
    ['before its owner has it', ['a 8-12'], 'b 6-8', ['b 6-8', 'a 8-12']],
    ['between two owners', ['a 8-9', 'c 10-'], 'b 9-10', ['a 8-9', 'b 9-10', 'c 10-']],
    ['while its owner has it', ['a 8-12'], 'b 9-10', 'belongs to a'],
    ['from before until its owner has it', ['a 8-12'], 'b 6-9', 'belongs to a'],
    ['for ever, while a later owner is known', ['a 8-12'], 'b 6-', 'belongs to a'],
    ['while its owner has it for ever', ['a 8-'], 'b 20-21', 'belongs to a'],
    ['the very same time', ['a 8-12'], 'b 8-12', 'belongs to a'],
    ['the same subscription, asked again', ['a 8-'], 'a 8-', ['a 8-']],
    ['the same subscription, from later on', ['a 8-'], 'a 9-', ['a 8-']],
    ['ageing, for another account', ['a 4-8', 'ageing 8-20'], 'b 12-', 'is ageing until'],
    ['ageing, begun before its end', ['a 4-8', 'ageing 8-10'], 'b 9-', 'is ageing until'],
    ['after its quarantine', ['a 4-8', 'ageing 8-10'], 'b 10-', ['a 4-8', 'ageing 8-10', 'b 10-']],
    [
      'ageing, for the account that had it',
      ['a1 4-8', 'ageing 8-20'],
      'a2 12-',
      ['a1 4-8', 'ageing 8-12', 'a2 12-'],
    ],
    ['used up', ['a 4-8', 'ageing 8-'], 'b 12-', 'was used and is not given again'],
    ['with another operator', ['out 4-'], 'b 12-', 'must be ported in'],
    ['before it went to another operator', ['a 4-8', 'out 8-'], 'b 2-4', ['b 2-4', 'a 4-8', 'out 8-']],
  ])('%s', (_, spans, ask, result) => {
    const found = outcome(assign(book(spans), wanted(ask), hour(12)));
    if (typeof result === 'string') expect(found).toContain(result);
    else expect(found).toEqual(result);
  });

  it.each([
    ['its own order', ['order1 8-20'], { orderId: 'order1' }, 'b 12-', ['order1 8-12', 'b 12-']],
    ['its own order, from before it', ['order1 11-20'], { orderId: 'order1' }, 'b 10-', ['b 10-']],
    ['another order', ['order1 8-20'], { orderId: 'order2' }, 'b 12-', 'is reserved for order order1'],
    ['no order', ['order1 8-20'], {}, 'b 21-', 'is reserved for order order1'],
    ['another order whose time is up', ['order1 8-11'], {}, 'b 12-', ['order1 8-11', 'b 12-']],
    [
      'another order whose time is up, dated back into it',
      ['order1 8-11'],
      {},
      'b 10-',
      ['order1 8-10', 'b 10-'],
    ],
    [
      'a port-in, of what we gave away',
      ['a 4-8', 'out 8-'],
      { portedIn: true },
      'b 12-',
      ['a 4-8', 'out 8-12', 'b 12-'],
    ],
    ['a port-in, of what is assigned here', ['a 4-'], { portedIn: true }, 'b 12-', 'belongs to a'],
  ])('reserved or ported, by %s', (_, spans, more, ask, result) => {
    const found = outcome(assign(book(spans), wanted(ask, more), hour(12)));
    if (typeof result === 'string') expect(found).toContain(result);
    else expect(found).toEqual(result);
  });
});

describe('the end of a use', () => {
  const end = (at: number, becomes: EndOfUse['becomes'], ageingUntil: number | null = 20): EndOfUse => ({
    subscriptionId: 'a',
    at: hour(at),
    becomes,
    ageingUntil: or(ageingUntil),
  });
  it.each([
    ['rests', ['a 8-'], end(12, 'ageing'), ['a 8-12', 'ageing 12-20']],
    ['rests for no time', ['a 8-'], end(12, 'ageing', 12), ['a 8-12']],
    ['rests for ever', ['a 8-'], end(12, 'ageing', null), ['a 8-12', 'ageing 12-']],
    ['is free at once', ['a 8-'], end(12, 'available'), ['a 8-12']],
    ['leaves', ['a 8-'], end(12, 'portedOut'), ['a 8-12', 'out 12-']],
    ['asked again', ['a 8-12', 'ageing 12-20'], end(12, 'ageing'), ['a 8-12', 'ageing 12-20']],
    ['asked again for later', ['a 8-12', 'ageing 12-20'], end(14, 'ageing'), ['a 8-12', 'ageing 12-20']],
    ['earlier than it ended', ['a 8-12', 'ageing 12-22'], end(10, 'ageing'), ['a 8-10', 'ageing 10-20']],
    [
      'rests until the next owner',
      ['a 8-', 'b 23-'],
      end(12, 'ageing', null),
      ['a 8-12', 'ageing 12-23', 'b 23-'],
    ],
    ['before it began', ['a 12-'], end(8, 'ageing'), []],
    ['when it begins', ['a 12-'], end(12, 'ageing'), []],
    ['of another', ['b 8-'], end(12, 'ageing'), ['b 8-']],
  ])('%s', (_, spans, wish, result) => {
    expect(outcome(endUse(book(spans), wish))).toEqual(result);
  });

  it.each([
    ['rests, then goes back', ['a 8-'], end(12, 'ageing'), ['a 8-12', 'ageing 12-20', 'out 20-']],
    ['goes back at once', ['a 8-'], end(12, 'available'), ['a 8-12', 'out 12-']],
    ['never came', ['out 4-12', 'a 12-'], end(10, 'ageing'), ['out 4-']],
  ])("of another operator's range: %s", (_, spans, wish, result) => {
    expect(outcome(endUse(book(spans, true), wish))).toEqual(result);
  });
});

it.each([
  ['splits at the instant', ['a 8-'], 12, ['a 8-12', 'a 12-'], ['a', 'x']],
  ['moves what has not begun', ['a 8-'], 8, ['a 8-'], ['x']],
  ['leaves what has ended', ['a 8-12'], 12, ['a 8-12'], ['a']],
])('a transfer %s', (_, spans, at, result, accounts) => {
  const moved = transfer(book(spans), {
    subscriptionId: 'a',
    toAccountId: 'x',
    at: hour(at),
    assignmentId: 'n',
  });
  expect(moved.spans.map(shown)).toEqual(result);
  expect(moved.spans.map((each) => (each.state === 'assigned' ? each.accountId : ''))).toEqual(accounts);
});

describe('reservations', () => {
  const keep = { orderId: 'order1', at: hour(12), until: hour(16) };
  it.each([
    ['a free one', [], ['order1 12-16']],
    ['its own again', ['order1 8-14'], ['order1 8-16']],
    ['one whose time is up', ['order2 8-12'], ['order2 8-12', 'order1 12-16']],
    ["another order's", ['order2 8-14'], 'is reserved for order order2'],
    ['an assigned one', ['a 8-'], 'belongs to a'],
    ['one that is promised', ['a 20-'], 'belongs to a'],
    ['an ageing one', ['a 8-10', 'ageing 10-14'], 'is ageing until'],
    ['one that left', ['out 8-'], 'is with another operator'],
  ])('keep %s', (_, spans, result) => {
    const found = outcome(reserve(book(spans), keep));
    if (typeof result === 'string') expect(found).toContain(result);
    else expect(found).toEqual(result);
  });

  it.each([
    ['its own', ['order1 8-14'], ['order1 8-12']],
    ["not another's", ['order2 8-14'], ['order2 8-14']],
    ['not what was assigned since', ['order1 8-10', 'a 10-'], ['order1 8-10', 'a 10-']],
  ])('let go %s', (_, spans, result) => {
    expect(outcome(release(book(spans), { orderId: 'order1', at: hour(12) }))).toEqual(result);
  });
});

describe('the table of moves says what the rules do', () => {
  const at = hour(12);
  const inState: Record<InventoryState, string[]> = {
    available: [],
    reserved: ['order1 8-20'],
    assigned: ['a 8-'],
    ageing: ['a 4-8', 'ageing 8-20'],
    portedOut: ['out 8-'],
  };
  const use = (becomes: EndOfUse['becomes']) => (each: IdentifierBook) =>
    endUse(each, { subscriptionId: 'a', at, becomes, ageingUntil: hour(20) });
  const own = { orderId: 'order1' };
  const rules: Record<Exclude<InventoryMove, 'lapse'>, (each: IdentifierBook) => IdentifierBook | Refused> = {
    reserve: (each) => reserve(each, { ...own, at, until: hour(22) }),
    release: (each) => release(each, { ...own, at }),
    assign: (each) => assign(each, wanted('a9 12-', own), at),
    portIn: (each) => assign(each, wanted('a9 12-', { ...own, portedIn: true }), at),
    age: use('ageing'),
    free: use('available'),
    portOut: use('portedOut'),
    giveAway: (each) => giveAway(each, at),
    takeBack: (each) => takeBack(each, at),
  };
  it.each(
    Object.entries(rules).flatMap(([move, rule]) =>
      Object.entries(inState).map(([state, spans]) => ({ move, state, rule, spans })),
    ),
  )('$move of what is $state', ({ move, state, rule, spans }) => {
    const before = book(spans);
    const after = rule(before);
    const became = inventoryMoves[move as InventoryMove][state as InventoryState];
    if (became) expect(isRefused(after) ? after.refused : stateAt(after, at)).toBe(became);
    else expect(isRefused(after) || after === before).toBe(true);
  });

  it.each(['reserved', 'ageing'] as const)('%s lapses by its date', (state) => {
    expect(stateAt(book(inState[state]), hour(19))).toBe(state);
    expect(stateAt(book(inState[state]), hour(20))).toBe(inventoryMoves.lapse[state]);
    expect(freeFrom(book(inState[state]))).toBe(hour(20));
  });
});
