import { Injectable } from '@nestjs/common';
import { type Instant, startOfDay } from '@tollkeeper/calendar';
import { conflict } from '@tollkeeper/platform';
import type { Part } from '../domain/statements/match-entry';
import { ProfileRepository } from '../payers/profile.repository';
import {
  type DraftedMoney,
  draftMoney,
  type ReceivedMoney,
  ReceivedMoneyBook,
} from '../received/received-money.service';
import { BankAccountRepository } from './bank-account.repository';
import { BankEntryRepository } from './bank-entry.repository';
import type { BankEntryRow, BookedPart } from './bank-entry.schema';
import type { BatchGround } from './batch-ground';
import { EntryMatching } from './entry-matching.service';
import { SentBack } from './sent-back';
import { SuspenseNews } from './suspense-news.service';

export const decidedElsewhere = 'entryDecided';

type Change = Partial<BankEntryRow>;

interface Batch {
  ground: BatchGround;
  sentBack: SentBack;
  drafts: DraftedMoney[];
  zone: string;
  at: Instant;
}

/** Entries of a statement, in the transaction of the caller: read at once, decided one after the other, written at once. */
@Injectable()
export class BatchBooking {
  constructor(
    private readonly entries: BankEntryRepository,
    private readonly bankAccounts: BankAccountRepository,
    private readonly matching: EntryMatching,
    private readonly money: ReceivedMoneyBook,
    private readonly suspense: SuspenseNews,
    private readonly profiles: ProfileRepository,
  ) {}

  /** None of them is a reversal. All of them are booked, or none. */
  async book(tenantId: string, entries: readonly BankEntryRow[], at: Instant): Promise<void> {
    const batch = await this.read(tenantId, entries, at);
    const changes = new Map<string, Change>();
    for (const entry of entries) changes.set(entry._id, await this.changeOf(tenantId, entry, batch));
    await this.money.bookAll(tenantId, at, batch.drafts);
    await this.bankAccounts.learn(tenantId, batch.ground.learnt, at);
    for (const { sentId, entryId } of batch.sentBack.shown)
      await this.entries.decide(tenantId, sentId, ['settled', 'booked', 'unmatched'], {
        otherEntryId: entryId,
      });
    await this.decide(tenantId, entries, changes, at);
  }

  /** What becomes of them is known; what is unmatched goes into suspense. */
  async decide(
    tenantId: string,
    entries: readonly BankEntryRow[],
    changes: ReadonlyMap<string, Change>,
    at: Instant,
  ): Promise<void> {
    const decided = new Map([...changes].map(([id, change]) => [id, { ...change, decidedAt: at }]));
    if (!(await this.entries.decideAll(tenantId, decided)))
      throw conflict(decidedElsewhere, 'Of these bank entries another worker has decided some.');
    const zone = await this.zoneOf(tenantId);
    const held = entries.filter(({ _id }) => changes.get(_id)?.state === 'unmatched');
    const moves = held.map((entry) => ({
      ...{ entry, step: 'held' as const, amountMinor: entry.amountMinor, gateway: 'bank' },
      movedAt: cameAt(entry, zone),
    }));
    await this.suspense.tellAll(tenantId, at, moves);
  }

  /** What a person said: in the caller's transaction. */
  async bookParts(
    tenantId: string,
    entry: BankEntryRow,
    parts: readonly Part[],
    at: Instant,
  ): Promise<BookedPart[]> {
    const zone = await this.zoneOf(tenantId);
    const accountIds = parts.map(({ accountId }) => accountId);
    const accounts = await this.profiles.accounts(tenantId, accountIds);
    const booked: BookedPart[] = [];
    for (const part of parts) {
      const payer = accounts.get(part.accountId) ?? { customerName: '' };
      const { _id: paymentId } = await this.money.book(tenantId, at, moneyOf(entry, part, zone), payer);
      booked.push({ ...part, paymentId });
    }
    return booked;
  }

  async learn(tenantId: string, entry: BankEntryRow, parts: readonly Part[], at: Instant): Promise<void> {
    await this.bankAccounts.learn(tenantId, learntOf(entry, parts), at);
  }

  private async read(tenantId: string, entries: readonly BankEntryRow[], at: Instant): Promise<Batch> {
    const received = entries.filter(({ direction }) => direction === 'in');
    const ground = await this.matching.groundOf(tenantId, received);
    await this.matching.suspectUndecided(tenantId, ground, received);
    const sentBack = new SentBack(entries);
    if (sentBack.namedIds.length > 0) sentBack.add(await this.entries.byIds(tenantId, sentBack.namedIds));
    return { ground, sentBack, drafts: [], zone: await this.zoneOf(tenantId), at };
  }

  private async changeOf(tenantId: string, entry: BankEntryRow, batch: Batch): Promise<Change> {
    if (entry.direction === 'out') return batch.sentBack.changeOf(entry);
    const match = await this.matching.matchOn(tenantId, batch.ground, entry);
    if (!match.parts) return { state: 'unmatched', suggestions: match.suggestions };
    const parts = match.parts.map((part) => draftPart(entry, part, batch));
    if (match.by !== 'ibanAndAmount') learntOf(entry, parts).forEach((payer) => batch.ground.learn(payer));
    return { state: 'booked', matchedBy: match.by, parts };
  }

  private async zoneOf(tenantId: string): Promise<string> {
    return (await this.profiles.tenant(tenantId))?.zone ?? 'UTC';
  }
}

function draftPart(entry: BankEntryRow, part: Part, { ground, drafts, zone, at }: Batch): BookedPart {
  const payer = ground.account(part.accountId) ?? { customerName: '' };
  const candidates = ground.candidates(part.accountId, part.invoiceId);
  const draft = draftMoney(moneyOf(entry, part, zone), payer, candidates, at);
  drafts.push(draft);
  ground.reserve(draft.heldBack);
  return { ...part, paymentId: draft.payment._id };
}

function moneyOf(entry: BankEntryRow, part: Part, zone: string): ReceivedMoney {
  const words = [...entry.references, entry.text, entry.bankReference ?? ''];
  const reference = words.find((each) => each !== '') ?? entry._id;
  return {
    ...{ ...part, currency: entry.currency, method: 'bank', purpose: 'invoice' },
    ...{ reference: reference.slice(0, 140), receivedAt: cameAt(entry, zone), bankEntryId: entry._id },
  };
}

/** Whose money came from a bank account once, may come from there again. */
function learntOf(
  { counterpartyIban: iban }: BankEntryRow,
  parts: readonly Part[],
): { iban: string; accountId: string }[] {
  const [accountId, another] = new Set(parts.map((part) => part.accountId));
  return iban === '' || accountId === undefined || another !== undefined ? [] : [{ iban, accountId }];
}

/** Money counts from the day on which the bank has booked it. */
function cameAt({ bookedOn, receivedAt: told }: BankEntryRow, zone: string): Instant {
  const morning = startOfDay(bookedOn, zone);
  return morning < told ? morning : told;
}
