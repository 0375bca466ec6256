import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import type { IdentifierKind } from '@tollkeeper/contracts';
import { badInput, conflict, newId, refuseFindings } from '@tollkeeper/platform';
import { ageingEndsAt } from '../domain/ageing';
import { type AfterUse, endUse, transfer } from '../domain/identifier-book';
import { covers, type Identifier } from '../domain/identifier-ownership';
import { AssignmentRepository } from './assignment.repository';
import type { AssignmentRow } from './assignment.schema';
import { IdentifierBooks, type OpenBooks, pairOf } from './identifier-books.service';
import { InventorySettingsRepository } from './inventory-settings.repository';
import { findingsOf, placeIn, type PlacedIdentifier } from './place-identifiers';

export type { AfterUse } from '../domain/identifier-book';

interface WantedAssignment {
  subscriptionId: string;
  accountId: string;
  /** A SIM's IMSI follows its ICCID by itself when the inventory knows the pair. */
  identifiers: (Identifier & { portedIn?: boolean })[];
  from: Instant;
  /** Whose reservation it uses. */
  orderId?: string;
}

interface WantedReplacement {
  subscriptionId: string;
  kind: IdentifierKind;
  value: string;
  at: Instant;
  oldBecomes: AfterUse;
  /** Needed when the subscription has several of the kind. */
  oldValue?: string;
  orderId?: string;
  portedIn?: boolean;
}

/**
 * Who has which identifier from when to when. Every method runs inside the caller's transaction, and one that was
 * done already does nothing. Refused with a Problem (422 with fields, or 409).
 */
@Injectable()
export class AssignmentService {
  constructor(
    private readonly books: IdentifierBooks,
    private readonly assignments: AssignmentRepository,
    private readonly settings: InventorySettingsRepository,
  ) {}

  /** `at` is now; `from` may lie before or after it. */
  assign(tenantId: string, wanted: WantedAssignment, at: Instant): Promise<void> {
    const { subscriptionId, accountId, from, orderId = null } = wanted;
    const placed = wanted.identifiers.map(({ kind, value, portedIn = false }, index) => ({
      row: { _id: newId('asg'), kind, value, subscriptionId, accountId, from, to: null },
      field: `identifiers.${index}.value`,
      orderId,
      portedIn,
    }));
    return this.place(tenantId, placed, at);
  }

  /** All, or none with every place and reason. */
  async place(tenantId: string, placed: PlacedIdentifier[], at: Instant): Promise<void> {
    const books = await this.books.open(
      tenantId,
      placed.map(({ row }) => row),
    );
    refuseFindings(findingsOf(placeIn(books, placed, at)));
    await this.books.save(tenantId, books, at);
  }

  /** A number change or a SIM swap: the subscription's identifier of that kind ends when the new one begins. */
  async replace(tenantId: string, wanted: WantedReplacement): Promise<void> {
    const {
      subscriptionId,
      kind,
      value,
      at,
      oldBecomes,
      oldValue,
      orderId = null,
      portedIn = false,
    } = wanted;
    const held = await this.assignments.ofSubscriptions(tenantId, [subscriptionId]);
    const current = held.filter((row) => covers(row, at));
    if (current.some((row) => row.kind === kind && row.value === value)) return;
    const old = onlyOne(
      current.filter((row) => row.kind === kind && (oldValue === undefined || row.value === oldValue)),
      wanted,
    );
    const { accountId } = old;
    const fresh = { kind, value, subscriptionId, accountId, from: at, to: null };
    const books = await this.books.open(tenantId, [...held, fresh]);
    const leaving = kind === 'msisdn' ? [old] : simOf(old, current, books, fresh);
    await this.endIn(tenantId, books, leaving, { subscriptionId, at, oldBecomes });
    const placed = [{ row: { _id: newId('asg'), ...fresh }, field: 'value', orderId, portedIn }];
    refuseFindings(findingsOf(placeIn(books, placed, at)));
    await this.books.save(tenantId, books, at);
  }

  /** All identifiers of a subscription, at an instant before or after now. */
  async end(
    tenantId: string,
    wanted: { subscriptionId: string; at: Instant; oldBecomes: AfterUse },
  ): Promise<void> {
    const held = await this.assignments.ofSubscriptions(tenantId, [wanted.subscriptionId]);
    const books = await this.books.open(tenantId, held);
    await this.endIn(tenantId, books, held, wanted);
    await this.books.save(tenantId, books, wanted.at);
  }

  /** The subscription keeps its identifiers; from that instant on they are another account's. */
  async transfer(
    tenantId: string,
    wanted: { subscriptionId: string; toAccountId: string; at: Instant },
  ): Promise<void> {
    const held = await this.assignments.ofSubscriptions(tenantId, [wanted.subscriptionId]);
    const books = await this.books.open(tenantId, held);
    for (const row of held) books.put(transfer(books.get(row), { ...wanted, assignmentId: newId('asg') }));
    await this.books.save(tenantId, books, wanted.at);
  }

  /** Only numbers leave for another operator: the SIM of a number that was ported out rests here. */
  private async endIn(
    tenantId: string,
    books: OpenBooks,
    held: Identifier[],
    { subscriptionId, at, oldBecomes }: { subscriptionId: string; at: Instant; oldBecomes: AfterUse },
  ): Promise<void> {
    const { numberAgeingDays, simAgeingDays } = await this.settings.get(tenantId);
    for (const { kind, value } of held) {
      const isNumber = kind === 'msisdn';
      const ageingUntil = ageingEndsAt(at, isNumber ? numberAgeingDays : simAgeingDays);
      const becomes = isNumber || oldBecomes !== 'portedOut' ? oldBecomes : 'ageing';
      books.put(endUse(books.get({ kind, value }), { subscriptionId, at, becomes, ageingUntil }));
    }
  }
}

function onlyOne(
  rows: AssignmentRow[],
  { subscriptionId, kind, at, oldValue }: WantedReplacement,
): AssignmentRow {
  const [row, other] = rows;
  const named = oldValue ? `${kind} ${oldValue}` : kind;
  if (!row) throw conflict('nothingToReplace', `Subscription ${subscriptionId} has no ${named} at ${at}.`);
  if (other)
    throw conflict(
      'severalToReplace',
      `Subscription ${subscriptionId} has ${rows.map(({ value }) => value).join(' and ')} at ${at}.`,
      'Name the one that goes.',
    );
  if (row.from >= at) throw badInput('at', `must be later than ${row.from}, when ${row.value} was assigned`);
  return row;
}

/** The card and its IMSI go together when the new card's IMSI comes with it, or when the pair is known. */
function simOf(
  old: AssignmentRow,
  current: AssignmentRow[],
  books: OpenBooks,
  fresh: Identifier,
): Identifier[] {
  const oldPair = pairOf(books.get(old));
  const newPair = pairOf(books.get(fresh));
  const others = current.filter(({ kind }) => kind !== 'msisdn' && kind !== old.kind);
  const pair =
    others.find(({ value }) => value === oldPair?.value) ?? (others.length === 1 ? others[0] : undefined);
  return newPair && pair && pair.value !== newPair.value ? [old, pair] : [old];
}
