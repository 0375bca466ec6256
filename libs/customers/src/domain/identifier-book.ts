import type { Instant } from '@tollkeeper/calendar';
import type { IdentifierKind } from '@tollkeeper/contracts';
import { covers, overlap, type Span } from './identifier-ownership';
import { type InventoryState, mayMove } from './inventory-moves';

interface AssignedSpan extends Span {
  state: 'assigned';
  assignmentId: string;
  subscriptionId: string;
  accountId: string;
  /** It came by a port-in. */
  portedIn: boolean;
}

export type InventorySpan =
  | AssignedSpan
  | (Span & { state: 'reserved'; orderId: string })
  | (Span & { state: 'ageing' })
  | (Span & { state: 'portedOut' });

/** The life of one number or SIM: half-open spans that never overlap, in order; between them it is available. */
export interface IdentifierBook {
  kind: IdentifierKind;
  value: string;
  /** Its range is another operator's: when its use here ends it goes back there. */
  isForeign: boolean;
  spans: readonly InventorySpan[];
}

export interface Refused {
  refused: string;
}

export const isRefused = (outcome: IdentifierBook | Refused): outcome is Refused => 'refused' in outcome;

export const spanAt = ({ spans }: Pick<IdentifierBook, 'spans'>, at: Instant): InventorySpan | null =>
  spans.find((span) => covers(span, at)) ?? null;

export const stateAt = (book: Pick<IdentifierBook, 'spans'>, at: Instant): InventoryState =>
  spanAt(book, at)?.state ?? 'available';

export const isAssigned = (span: InventorySpan): span is AssignedSpan => span.state === 'assigned';

const beginning: Instant = '0001-01-01T00:00:00.000Z';

/** From when on it is free for good, as far as is known; null: never. */
export const freeFrom = ({ spans }: Pick<IdentifierBook, 'spans'>): Instant | null => {
  const last = spans.at(-1);
  return last ? last.to : beginning;
};

const inOrder = (spans: InventorySpan[]): InventorySpan[] =>
  spans.sort((left, right) => (left.from < right.from ? -1 : 1));

/** What is left of a span outside of another. */
function outside(span: InventorySpan, taken: Span): InventorySpan[] {
  if (!overlap(span, taken)) return [span];
  const head = span.from < taken.from ? [{ ...span, to: taken.from }] : [];
  const hasTail = taken.to !== null && (span.to === null || taken.to < span.to);
  return hasTail ? [...head, { ...span, from: taken.to ?? span.from }] : head;
}

const until = (to: Instant | null): string => (to ? `until ${to}` : 'on');

function described({ kind, value }: IdentifierBook, span: InventorySpan): string {
  const named = `${kind} ${value}`;
  switch (span.state) {
    case 'assigned':
      return `${named} belongs to ${span.subscriptionId} from ${span.from} ${until(span.to)}`;
    case 'reserved':
      return `${named} is reserved for order ${span.orderId} until ${span.to}`;
    case 'ageing':
      return span.to
        ? `${named} is ageing until ${span.to}: only the account that had it last may have it before`
        : `${named} was used and is not given again`;
    case 'portedOut':
      return `${named} is with another operator since ${span.from}: it must be ported in`;
  }
}

interface WantedSpan extends Span {
  assignmentId: string;
  subscriptionId: string;
  accountId: string;
  orderId: string | null;
  portedIn: boolean;
}

export function assign<Book extends IdentifierBook>(
  book: Book,
  wanted: WantedSpan,
  at: Instant,
): Book | Refused {
  if (book.spans.some((span) => isDone(span, wanted))) return book;
  const inTheWay = book.spans.find((span) => stands(span, wanted, at) && !givesWay(book.spans, span, wanted));
  if (inTheWay) return { refused: described(book, inTheWay) };
  const { assignmentId, subscriptionId, accountId, portedIn, from, to } = wanted;
  const used: Span = { from, to: null };
  const kept = book.spans.flatMap((span) =>
    outside(span, span.state === 'reserved' && span.orderId === wanted.orderId ? used : wanted),
  );
  const span: InventorySpan = {
    state: 'assigned',
    assignmentId,
    subscriptionId,
    accountId,
    portedIn,
    from,
    to,
  };
  return { ...book, spans: inOrder([...kept, span]) };
}

const isDone = (span: InventorySpan, wanted: WantedSpan): boolean =>
  isAssigned(span) &&
  span.subscriptionId === wanted.subscriptionId &&
  span.from <= wanted.from &&
  span.to === wanted.to;

/** A reservation that has lapsed stands in nobody's way; one in force keeps off what would begin after it, too. */
function stands(span: InventorySpan, wanted: WantedSpan, at: Instant): boolean {
  if (span.state !== 'reserved') return overlap(span, wanted);
  return (span.to === null || span.to > at) && (wanted.to === null || wanted.to > span.from);
}

function givesWay(spans: readonly InventorySpan[], span: InventorySpan, wanted: WantedSpan): boolean {
  if (!mayMove(wanted.portedIn ? 'portIn' : 'assign', span.state)) return false;
  if (span.state === 'reserved') return span.orderId === wanted.orderId;
  if (span.state !== 'ageing') return true;
  const last = spans.find((each) => isAssigned(each) && each.to === span.from);
  return last !== undefined && isAssigned(last) && last.accountId === wanted.accountId;
}

/** What becomes of an identifier whose use ends. */
export type AfterUse = 'ageing' | 'available' | 'portedOut';

export interface EndOfUse {
  subscriptionId: string;
  at: Instant;
  becomes: AfterUse;
  /** Exclusive end of the quarantine; null: it is never given again. */
  ageingUntil: Instant | null;
}

/** Ended at an instant before or after now; what had not begun by then never happens. */
export function endUse<Book extends IdentifierBook>(book: Book, end: EndOfUse): Book {
  const { subscriptionId, at } = end;
  const isEnding = (span: InventorySpan): span is AssignedSpan =>
    isAssigned(span) && span.subscriptionId === subscriptionId && (span.to === null || span.to > at);
  const ending = book.spans.filter(isEnding);
  const [first, last] = [ending[0], ending.at(-1)];
  if (!first || !last) return book;
  const others = withoutAftermath(
    book.spans.filter((span) => !isEnding(span)),
    last.to,
  );
  const hasBegun = first.from < at;
  const rest = hasBegun ? spansAfter(book, end) : neverBegun(book, others, first);
  const next = others.find(({ from }) => from >= (hasBegun ? at : first.from));
  const limited = next ? rest.flatMap((span) => outside(span, { from: next.from, to: null })) : rest;
  const kept: InventorySpan[] = hasBegun ? [...others, { ...first, to: at }] : others;
  return { ...book, spans: inOrder([...kept.filter(({ from }) => from !== limited[0]?.from), ...limited]) };
}

/** Its old end was followed by a quarantine, or by its leaving: they begin anew at the new end. */
function withoutAftermath(spans: InventorySpan[], endedAt: Instant | null): InventorySpan[] {
  if (endedAt === null) return spans;
  const follower = spans.find(
    ({ state, from }) => from === endedAt && (state === 'ageing' || state === 'portedOut'),
  );
  return follower
    ? withoutAftermath(
        spans.filter((span) => span !== follower),
        follower.to,
      )
    : spans;
}

function spansAfter(book: IdentifierBook, { at, becomes, ageingUntil }: EndOfUse): InventorySpan[] {
  const gone = (from: Instant): InventorySpan => ({ state: 'portedOut', from, to: null });
  if (becomes === 'portedOut') return [gone(at)];
  if (becomes === 'available') return book.isForeign ? [gone(at)] : [];
  const aged: InventorySpan[] =
    ageingUntil === null || ageingUntil > at ? [{ state: 'ageing', from: at, to: ageingUntil }] : [];
  return book.isForeign && ageingUntil !== null ? [...aged, gone(ageingUntil)] : aged;
}

/** A port-in that never came about leaves the number where it was. */
function neverBegun(book: IdentifierBook, others: InventorySpan[], { from }: AssignedSpan): InventorySpan[] {
  const stays = others.find(({ state, to }) => state === 'portedOut' && to === from);
  if (stays) return [{ ...stays, to: null }];
  return book.isForeign ? [{ state: 'portedOut', from, to: null }] : [];
}

/** The subscription keeps it; from `at` on it is another account's. */
export function transfer<Book extends IdentifierBook>(
  book: Book,
  {
    subscriptionId,
    toAccountId,
    at,
    assignmentId,
  }: { subscriptionId: string; toAccountId: string; at: Instant; assignmentId: string },
): Book {
  const isMoving = (span: InventorySpan): span is AssignedSpan =>
    isAssigned(span) &&
    span.subscriptionId === subscriptionId &&
    span.accountId !== toAccountId &&
    (span.to === null || span.to > at);
  if (!book.spans.some(isMoving)) return book;
  const spans = book.spans.flatMap((span): InventorySpan[] => {
    if (!isMoving(span)) return [span];
    const moved = { ...span, accountId: toAccountId };
    return span.from >= at
      ? [moved]
      : [
          { ...span, to: at },
          { ...moved, from: at, assignmentId },
        ];
  });
  return { ...book, spans };
}

export interface Reservation {
  orderId: string;
  at: Instant;
  until: Instant;
}

export function reserve<Book extends IdentifierBook>(
  book: Book,
  { orderId, at, until: to }: Reservation,
): Book | Refused {
  const others = book.spans.filter((span) => span.state !== 'reserved' || span.orderId !== orderId);
  const inTheWay = others.find((span) => overlap(span, { from: at, to: null }));
  if (inTheWay) return { refused: described(book, inTheWay) };
  const isReplaced = (span: InventorySpan) => overlap(span, { from: at, to: null });
  const from = book.spans.find(isReplaced)?.from ?? at;
  const past = book.spans.filter((span) => !isReplaced(span));
  const kept: InventorySpan = { state: 'reserved', orderId, from: from < at ? from : at, to };
  return { ...book, spans: [...past, kept] };
}

export function release<Book extends IdentifierBook>(
  book: Book,
  { orderId, at }: { orderId: string; at: Instant },
): Book {
  const isOwn = (span: InventorySpan) =>
    span.state === 'reserved' && span.orderId === orderId && covers(span, at);
  if (!book.spans.some(isOwn)) return book;
  return {
    ...book,
    spans: book.spans.flatMap((span) => (isOwn(span) ? outside(span, { from: at, to: null }) : [span])),
  };
}

/** It was with another operator before we heard of it. */
export function giveAway<Book extends IdentifierBook>(book: Book, at: Instant): Book | Refused {
  const after: Span = { from: at, to: null };
  const inTheWay = book.spans.find((span) => overlap(span, after));
  if (inTheWay) return { refused: described(book, inTheWay) };
  return { ...book, spans: [...book.spans, { state: 'portedOut', ...after }] };
}

/** The other operator gave it back, or says that it never had it. */
export function takeBack<Book extends IdentifierBook>(book: Book, at: Instant): Book | Refused {
  const span = spanAt(book, at);
  if (span?.state !== 'portedOut')
    return { refused: `${book.kind} ${book.value} is not with another operator` };
  return {
    ...book,
    spans: book.spans.flatMap((each) => (each === span ? outside(each, { from: at, to: null }) : [each])),
  };
}
