import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import {
  AuditLog,
  badInput,
  BusinessClock,
  conflict,
  notFound,
  type Principal,
  ServiceDatabase,
} from '@tollkeeper/platform';
import { type CannotUndo, undoEntry, type Undoing } from '../domain/statements/undo-entry';
import { PaymentUndo } from '../received/payment-undo.service';
import { PaymentRepository } from '../received/payment.repository';
import { BankAccountRepository } from './bank-account.repository';
import { BankEntryRepository } from './bank-entry.repository';
import type { BankEntryRow } from './bank-entry.schema';
import { EntryMatching } from './entry-matching.service';
import { SuspenseNews } from './suspense-news.service';

const refusals: Record<Exclude<CannotUndo, 'partUnknown'>, [detail: string, hint: string]> = {
  nothingToUndo: ['Nothing was decided of it that could be undone.', 'Assign or settle it.'],
  entryReversed: ['The bank has taken it back.', 'There is nothing left to assign.'],
  entryMatchesAnother: ['A statement has confirmed it.', 'Look at `otherEntryId`.'],
};

/** What was decided of an entry was wrong: its payments are taken back, and it lies in suspense again. */
@Injectable()
export class EntryUndo {
  constructor(
    private readonly database: ServiceDatabase,
    private readonly audit: AuditLog,
    private readonly clock: BusinessClock,
    private readonly entries: BankEntryRepository,
    private readonly bankAccounts: BankAccountRepository,
    private readonly matching: EntryMatching,
    private readonly payments: PaymentRepository,
    private readonly undoing: PaymentUndo,
    private readonly suspense: SuspenseNews,
  ) {}

  /** `paymentIds`: of a split, these alone; `null`: all of it, and what was settled. */
  async undo(
    principal: Principal,
    entryId: string,
    { paymentIds, reason }: { paymentIds: string[] | null; reason: string },
  ): Promise<BankEntryRow> {
    const { tenantId } = principal;
    const at = await this.clock.now(tenantId);
    return this.database.transaction(async () => {
      const before = await this.entries.one(tenantId, entryId);
      if (!before) throw notFound('bank entry', entryId);
      const found = possible(before, undoEntry(before, paymentIds));
      await this.undoing.takeBack(tenantId, at, await this.payments.byIds(tenantId, found.paymentIds));
      const after = await this.release(tenantId, before, found, at, principal.name);
      await this.tellBooks(tenantId, at, before, after, found);
      await this.forget(tenantId, after, found);
      await this.audit.record(principal, {
        ...{ at, what: 'undoBankEntry', entity: entryId, reason },
        before: { state: before.state, parts: before.parts, settlement: before.settlement },
        after: { state: after.state, parts: after.parts, settlement: after.settlement },
      });
      return after;
    });
  }

  private async release(
    tenantId: string,
    entry: BankEntryRow,
    { paymentIds, withSettlement }: Undoing,
    at: Instant,
    decidedBy: string,
  ): Promise<BankEntryRow> {
    const parts = entry.parts.map((part) =>
      paymentIds.includes(part.paymentId) ? { ...part, undoneAt: at } : part,
    );
    const match = entry.direction === 'in' ? await this.matching.match(tenantId, entry) : null;
    const after = await this.entries.decide(tenantId, entry._id, [entry.state], {
      ...{ state: 'unmatched', matchedBy: null, parts, decidedAt: at, decidedBy },
      ...(withSettlement ? { settlement: null } : {}),
      ...{ suggestions: match && !match.parts ? match.suggestions : [], undone: (entry.undone ?? 0) + 1 },
    });
    if (!after) throw conflict('entryChanged', `Bank entry ${entry._id} was changed meanwhile.`);
    return after;
  }

  private async tellBooks(
    tenantId: string,
    at: Instant,
    before: BankEntryRow,
    after: BankEntryRow,
    { paymentIds, withSettlement }: Undoing,
  ): Promise<void> {
    const taken = before.parts.filter(({ paymentId }) => paymentIds.includes(paymentId));
    const takenMinor = taken.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
    if (takenMinor > 0) await this.suspense.tell(tenantId, at, after, 'undone', takenMinor, 'bank', at);
    const { settlement } = before;
    if (settlement && withSettlement)
      await this.suspense.tell(
        tenantId,
        at,
        after,
        'unsettled',
        settlement.amountMinor,
        settlement.gateway,
        at,
      );
  }

  /** Whose money it was not says nothing of whose the next will be. */
  private async forget(
    tenantId: string,
    { counterpartyIban, parts }: BankEntryRow,
    { paymentIds }: Undoing,
  ): Promise<void> {
    const taken = parts.filter(({ paymentId }) => paymentIds.includes(paymentId));
    for (const accountId of new Set(taken.map((part) => part.accountId))) {
      if (!(await this.entries.hasPaid(tenantId, counterpartyIban, accountId)))
        await this.bankAccounts.forget(tenantId, counterpartyIban, accountId);
    }
  }
}

function possible({ _id }: BankEntryRow, found: Undoing | CannotUndo): Undoing {
  if (typeof found !== 'string') return found;
  if (found === 'partUnknown')
    throw badInput('paymentIds', 'Not all of these are payments that the entry has.', 'Look at its `parts`.');
  const [detail, hint] = refusals[found];
  throw conflict(found, `Bank entry ${_id}: ${detail}`, hint);
}
