import { Injectable } from '@nestjs/common';
import { type Instant, startOfDay } from '@tollkeeper/calendar';
import { conflict, ServiceDatabase, stopIfCancelled } from '@tollkeeper/platform';
import { hasMovedOn } from '../domain/payment-states';
import type { Part } from '../domain/statements/match-entry';
import { heldMinor, standingParts } from '../domain/statements/undo-entry';
import { PaymentRepository } from '../received/payment.repository';
import { ProfileRepository } from '../payers/profile.repository';
import { ReceivedMoneyBook } from '../received/received-money.service';
import { ReversalService } from '../reversals/reversal.service';
import { BankAccountRepository } from './bank-account.repository';
import { BankEntryRepository } from './bank-entry.repository';
import type { BankEntryRow, BookedPart } from './bank-entry.schema';
import { EntryMatching } from './entry-matching.service';
import { SuspenseNews } from './suspense-news.service';

/** Every amount of a statement ends on accounts or in suspense; each entry in one transaction, so that none is half booked. */
@Injectable()
export class EntryBooking {
  constructor(
    private readonly database: ServiceDatabase,
    private readonly entries: BankEntryRepository,
    private readonly bankAccounts: BankAccountRepository,
    private readonly matching: EntryMatching,
    private readonly money: ReceivedMoneyBook,
    private readonly payments: PaymentRepository,
    private readonly reversals: ReversalService,
    private readonly suspense: SuspenseNews,
    private readonly profiles: ProfileRepository,
  ) {}

  /** What a crash left open is taken up again: the state of each entry says how far it got. */
  async bookSome(tenantId: string, importId: string, at: Instant, limit: number): Promise<{ more: boolean }> {
    const open = await this.entries.toBook(tenantId, importId, limit);
    for (const entry of open) {
      await this.database.transaction(() => this.bookOne(tenantId, entry, at));
      stopIfCancelled();
    }
    if (open.length === limit) return { more: true };
    await this.entries.completeImport(tenantId, importId);
    return { more: false };
  }

  private async bookOne(tenantId: string, entry: BankEntryRow, at: Instant): Promise<void> {
    const decidedAt = at;
    const change = await this.changeOf(tenantId, entry, at);
    const decided = await this.entries.decide(tenantId, entry._id, ['received'], { ...change, decidedAt });
    if (!decided) throw new Error(`bank entry ${entry._id} was decided by another worker`);
    const zone = (await this.profiles.tenant(tenantId))?.zone ?? 'UTC';
    if (decided.state === 'unmatched')
      await this.suspense.tell(
        tenantId,
        at,
        decided,
        'held',
        decided.amountMinor,
        'bank',
        receivedAt(entry, zone),
      );
  }

  private async changeOf(tenantId: string, entry: BankEntryRow, at: Instant): Promise<Partial<BankEntryRow>> {
    if (entry.isReversal) return this.reverse(tenantId, entry, at);
    if (entry.direction === 'out') return this.knownPayout(tenantId, entry);
    const match = await this.matching.match(tenantId, entry);
    if (!match.parts) return { state: 'unmatched', suggestions: match.suggestions };
    const parts = await this.bookParts(tenantId, entry, match.parts, at);
    if (match.by !== 'ibanAndAmount') await this.learn(tenantId, entry, parts, at);
    return { state: 'booked', matchedBy: match.by, parts };
  }

  /** In the caller's transaction. */
  async bookParts(
    tenantId: string,
    entry: BankEntryRow,
    parts: readonly Part[],
    at: Instant,
  ): Promise<BookedPart[]> {
    const zone = (await this.profiles.tenant(tenantId))?.zone ?? 'UTC';
    const accounts = await this.profiles.accounts(
      tenantId,
      parts.map(({ accountId }) => accountId),
    );
    const booked: BookedPart[] = [];
    for (const part of parts) {
      const reference = [...entry.references, entry.text, entry.bankReference ?? ''].find(
        (each) => each !== '',
      );
      const money = {
        ...({ ...part, currency: entry.currency, method: 'bank', purpose: 'invoice' } as const),
        reference: (reference ?? entry._id).slice(0, 140),
        receivedAt: receivedAt(entry, zone),
        bankEntryId: entry._id,
      };
      const payer = accounts.get(part.accountId) ?? { customerName: '' };
      const { _id: paymentId } = await this.money.book(tenantId, at, money, payer);
      booked.push({ ...part, paymentId });
    }
    return booked;
  }

  /** Whose money came from a bank account once, may come from there again. */
  async learn(tenantId: string, entry: BankEntryRow, parts: readonly Part[], at: Instant): Promise<void> {
    const accountIds = [...new Set(parts.map(({ accountId }) => accountId))];
    if (accountIds.length === 1)
      await this.bankAccounts.learn(tenantId, entry.counterpartyIban, accountIds, at);
  }

  /** A pay-out that names an entry which was sent back is in the books since it was decided. */
  private async knownPayout(tenantId: string, entry: BankEntryRow): Promise<Partial<BankEntryRow>> {
    const [named] = `${entry.endToEndId} ${entry.text}`.match(/\bbke_[0-9a-z]{16}\b/i) ?? [];
    const sent = named ? await this.entries.one(tenantId, named.toLowerCase()) : null;
    const { amountMinor, currency } = entry;
    const isThat =
      sent?.settlement?.as === 'sentBack' &&
      sent.settlement.amountMinor === amountMinor &&
      sent.currency === currency &&
      sent.otherEntryId === null;
    if (!sent || !isThat) return { state: 'unmatched' };
    await this.entries.decide(tenantId, sent._id, [sent.state], { otherEntryId: entry._id });
    const settlement = { as: 'knownPayout', amountMinor, gateway: 'bank' } as const;
    return { state: 'settled', settlement, otherEntryId: sent._id };
  }

  /**
   * The bank took an entry back. Payments of it are returned and open their invoices again; what lay in suspense
   * leaves it. Where it is not certain which entry is meant, or part of it has moved on, a person decides.
   */
  private async reverse(tenantId: string, entry: BankEntryRow, at: Instant): Promise<Partial<BankEntryRow>> {
    const candidates = await this.entries.reversible(tenantId, entry);
    const [original, another] = candidates.filter((each) => isMeant(entry, each));
    if (!original || another || original.settlement) return { state: 'unmatched' };
    const payments = await this.payments.byIds(
      tenantId,
      standingParts(original.parts).map(({ paymentId }) => paymentId),
    );
    if (payments.some(hasMovedOn)) return { state: 'unmatched' };
    const held = heldMinor(original);
    if (held > 0) await this.suspense.tell(tenantId, at, original, 'reversed', held, 'bank', at);
    for (const [no, payment] of payments.entries())
      await this.reversals.takeBack(tenantId, at, payment, {
        ...{ kind: 'returned', returnId: `${entry._id}.${no + 1}`, gatewayId: payment._id },
        ...{ amountMinor: payment.amountMinor, reason: 'takenBackByBank', byPayer: false },
      });
    const reversed = { state: 'reversed', otherEntryId: entry._id } as const;
    if (!(await this.entries.decide(tenantId, original._id, [original.state], reversed)))
      throw conflict('entryChanged', `Bank entry ${original._id} was changed meanwhile.`);
    return { state: 'booked', matchedBy: 'reversal', otherEntryId: original._id };
  }
}

/** Money counts from the day on which the bank has booked it. */
const receivedAt = ({ bookedOn, receivedAt: told }: BankEntryRow, zone: string): Instant => {
  const morning = startOfDay(bookedOn, zone);
  return morning < told ? morning : told;
};

function isMeant(reversal: BankEntryRow, original: BankEntryRow): boolean {
  const { bankReference, endToEndId, counterpartyIban: iban, text } = reversal;
  if (bankReference !== null && bankReference === original.bankReference) return true;
  if (endToEndId !== '' && endToEndId === original.endToEndId) return true;
  return iban !== '' && iban === original.counterpartyIban && text === original.text;
}
