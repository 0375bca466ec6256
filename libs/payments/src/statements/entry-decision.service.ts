import { Injectable } from '@nestjs/common';
import {
  AuditLog,
  badInput,
  BusinessClock,
  conflict,
  notFound,
  type Principal,
  ServiceDatabase,
} from '@tollkeeper/platform';
import { billedAccount } from '../billed-account';
import type { Part } from '../domain/statements/match-entry';
import { heldMinor } from '../domain/statements/undo-entry';
import { PayableRepository } from '../payables/payable.repository';
import { ProfileRepository } from '../payers/profile.repository';
import { BankEntryRepository } from './bank-entry.repository';
import type { BankEntryRow, Settlement, SettledAs } from './bank-entry.schema';
import { BatchBooking } from './batch-booking.service';
import { SuspenseNews } from './suspense-news.service';

interface Assignment {
  parts: Part[];
  currency: string;
  /** What the parts leave is sent back to the payer. */
  sendBackRest: boolean;
  reason: string;
}

/** A person says whose money it is, or that it is nobody's here. */
@Injectable()
export class EntryDecision {
  constructor(
    private readonly database: ServiceDatabase,
    private readonly audit: AuditLog,
    private readonly clock: BusinessClock,
    private readonly entries: BankEntryRepository,
    private readonly booking: BatchBooking,
    private readonly suspense: SuspenseNews,
    private readonly payables: PayableRepository,
    private readonly profiles: ProfileRepository,
  ) {}

  async assign(principal: Principal, entryId: string, wanted: Assignment): Promise<BankEntryRow> {
    const { tenantId } = principal;
    const at = await this.clock.now(tenantId);
    return this.database.transaction(async () => {
      const entry = await this.undecided(tenantId, entryId);
      if (entry.direction === 'out')
        throw conflict('moneyWentOut', 'Money that went out pays for no account.', 'Settle it.');
      const restMinor = restOf(entry, wanted);
      for (const [no, part] of wanted.parts.entries())
        await this.refusePart(tenantId, part, wanted.currency, no);
      const parts = await this.booking.bookParts(tenantId, entry, wanted.parts, at);
      await this.booking.learn(tenantId, entry, parts, at);
      const taken = parts.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
      await this.suspense.tell(tenantId, at, entry, 'assigned', taken, 'bank', at);
      const settlement = settledBy(entry, { as: 'sentBack', amountMinor: restMinor, gateway: 'bank' });
      if (restMinor > 0) await this.suspense.tell(tenantId, at, entry, 'settled', restMinor, 'bank', at);
      const all = { parts: [...entry.parts, ...parts], settlement };
      const decided = { ...all, state: 'booked', matchedBy: 'person' } as const;
      const { reason } = wanted;
      return this.decide(
        principal,
        entry,
        { ...decided, decidedAt: at, decidedBy: principal.name },
        'assign',
        reason,
      );
    });
  }

  async settle(
    principal: Principal,
    entryId: string,
    { as, gateway, reason }: { as: SettledAs; gateway: string; reason: string },
  ): Promise<BankEntryRow> {
    const { tenantId } = principal;
    const at = await this.clock.now(tenantId);
    return this.database.transaction(async () => {
      const entry = await this.undecided(tenantId, entryId);
      if (as === 'sentBack' && entry.direction === 'out')
        throw badInput(
          'as',
          'Only money that came in can be sent back.',
          'Say `knownPayout` of what is in the books.',
        );
      if (as === 'knownPayout' && entry.direction === 'in')
        throw badInput('as', 'Money that came in is no pay-out.');
      const amountMinor = heldMinor(entry);
      const settlement = settledBy(entry, { as, amountMinor, gateway });
      await this.suspense.tell(tenantId, at, entry, 'settled', amountMinor, gateway, at);
      // Accounts that have a part of it keep it.
      const isPaid = amountMinor < entry.amountMinor - (entry.settlement?.amountMinor ?? 0);
      const decided = { settlement, state: isPaid ? 'booked' : 'settled', matchedBy: 'person' } as const;
      return this.decide(
        principal,
        entry,
        { ...decided, decidedAt: at, decidedBy: principal.name },
        'settle',
        reason,
      );
    });
  }

  private async undecided(tenantId: string, entryId: string): Promise<BankEntryRow> {
    const entry = await this.entries.one(tenantId, entryId);
    if (!entry) throw notFound('bank entry', entryId);
    if (entry.state !== 'unmatched') throw decidedAlready(entry);
    return entry;
  }

  private async refusePart(tenantId: string, part: Part, currency: string, no: number): Promise<void> {
    await billedAccount(this.profiles, tenantId, part.accountId, currency);
    if (part.invoiceId === null) return;
    const payable = await this.payables.one(tenantId, part.invoiceId);
    if (payable?.accountId !== part.accountId)
      throw badInput(`parts.${no}.invoiceId`, `The account has no invoice ${part.invoiceId}.`);
  }

  private async decide(
    principal: Principal,
    entry: BankEntryRow,
    change: Partial<BankEntryRow>,
    what: string,
    reason: string,
  ): Promise<BankEntryRow> {
    const { tenantId } = principal;
    const decided = await this.entries.decide(tenantId, entry._id, ['unmatched'], change);
    if (!decided) throw decidedAlready(entry);
    await this.audit.record(principal, {
      ...{ at: change.decidedAt ?? entry.receivedAt, what: `${what}BankEntry`, entity: entry._id, reason },
      before: { state: entry.state },
      after: { state: decided.state, parts: decided.parts, settlement: decided.settlement },
    });
    return decided;
  }
}

const decidedAlready = ({ _id, state }: BankEntryRow) =>
  conflict(
    'entryDecided',
    `Bank entry ${_id} is not unmatched (any more); it was ${state}.`,
    'Look at it again.',
  );

/** What was settled of it before, stays; one entry is settled in one way. */
function settledBy({ _id, settlement }: BankEntryRow, more: Settlement): Settlement | null {
  if (more.amountMinor === 0 || settlement === null) return more.amountMinor === 0 ? settlement : more;
  if (settlement.as !== more.as || settlement.gateway !== more.gateway)
    throw conflict(
      'settledInPart',
      `Of bank entry ${_id} ${settlement.amountMinor} minor units were settled as ${settlement.as} before.`,
      'Settle the rest in the same way, assign it, or undo all of it first.',
    );
  return { ...more, amountMinor: settlement.amountMinor + more.amountMinor };
}

/** The parts make up what lies in suspense, or the rest is said to go back. */
function restOf(entry: BankEntryRow, wanted: Assignment): number {
  const { currency } = entry;
  if (wanted.currency !== currency)
    throw badInput('parts', `The money came in ${currency}.`, `Give each part in ${currency}.`);
  const amountMinor = heldMinor(entry);
  const rest = amountMinor - wanted.parts.reduce((sum, part) => sum + part.amountMinor, 0);
  if (rest < 0)
    throw badInput('parts', `The parts are ${-rest} minor units more than the ${amountMinor} that are held.`);
  if (rest > 0 && !wanted.sendBackRest)
    throw badInput(
      'parts',
      `${rest} of ${amountMinor} minor units are left over.`,
      'Give them to an account, or set `sendBackRest`.',
    );
  return rest;
}
