import { newId } from '@tollkeeper/platform';
import type { Instant } from '@tollkeeper/calendar';
import type { Finding } from '../domain/finding';
import { assign, isRefused } from '../domain/identifier-book';
import { identifierKey } from '../domain/identifier-ownership';
import type { AssignmentRow } from './assignment.schema';
import { type OpenBook, type OpenBooks, pairOf } from './identifier-books.service';

export interface PlacedIdentifier {
  row: AssignmentRow;
  /** `3.subscriptions.0.identifiers.1.value`: where it stood in the request. */
  field: string;
  orderId: string | null;
  portedIn: boolean;
}

/** A card whose IMSI is known brings it along; one that is named with another IMSI is refused. */
export function withPairs(books: OpenBooks, placed: PlacedIdentifier[]): (PlacedIdentifier | Finding)[] {
  const imsis = new Map<string, Set<string>>();
  for (const { row } of placed) {
    if (row.kind !== 'imsi') continue;
    const named = imsis.get(row.subscriptionId) ?? new Set();
    imsis.set(row.subscriptionId, named.add(row.value));
  }
  return placed.flatMap((each): (PlacedIdentifier | Finding)[] => {
    const pair = each.row.kind === 'iccid' ? pairOf(books.get(each.row)) : null;
    const named = imsis.get(each.row.subscriptionId);
    if (!pair || named?.has(pair.value)) return [each];
    if (named)
      return [
        {
          field: each.field,
          reason: `SIM ${each.row.value} carries IMSI ${pair.value}, not ${[...named].join(', ')}`,
        },
      ];
    return [each, { ...each, row: { ...each.row, ...pair, _id: newId('asg') } }];
  });
}

/** All of them (and the IMSIs that came along), or none with every place and reason. */
export function placeIn(
  books: OpenBooks,
  placed: PlacedIdentifier[],
  at: Instant,
): { rows: AssignmentRow[] } | { findings: Finding[] } {
  const before = new Map<string, OpenBook | null>();
  const rows: AssignmentRow[] = [];
  const findings = withPairs(books, placed).flatMap((each) => {
    if ('reason' in each) return [each];
    const { row, field, orderId, portedIn } = each;
    const { _id: assignmentId, subscriptionId, accountId, from, to } = row;
    const book = books.get(row);
    const wanted = { assignmentId, subscriptionId, accountId, from, to, orderId, portedIn };
    const outcome = assign(book, wanted, at);
    if (isRefused(outcome)) return [{ field, reason: outcome.refused }];
    if (outcome === book) return [];
    const key = identifierKey(row);
    if (!before.has(key)) before.set(key, books.has(row) ? book : null);
    books.put({ ...outcome, isForeign: book.isForeign || (portedIn && book.blockId === null) });
    rows.push(row);
    return [];
  });
  if (findings.length === 0) return { rows };
  books.restore(before);
  return { findings };
}

export const findingsOf = (outcome: object | { findings: Finding[] }): Finding[] =>
  'findings' in outcome ? outcome.findings : [];
