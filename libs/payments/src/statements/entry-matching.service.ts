import { Injectable } from '@nestjs/common';
import { type Match, matchEntry } from '../domain/statements/match-entry';
import { PayableRepository } from '../payables/payable.repository';
import { ProfileRepository } from '../payers/profile.repository';
import { BankAccountRepository } from './bank-account.repository';
import type { BankEntryRow } from './bank-entry.schema';
import { BatchGround } from './batch-ground';

const mostOfAmount = 20;
const mostOfName = 5;

/** Looks up what the words, bank accounts, names and amounts of entries may stand for, and decides by the rules of the domain. */
@Injectable()
export class EntryMatching {
  constructor(
    private readonly payables: PayableRepository,
    private readonly profiles: ProfileRepository,
    private readonly bankAccounts: BankAccountRepository,
  ) {}

  /** Of an entry alone. */
  async match(tenantId: string, entry: BankEntryRow): Promise<Match> {
    return this.matchOn(tenantId, await this.groundOf(tenantId, [entry]), entry);
  }

  /** What the entries may be for, each kind of it read once for all of them. */
  async groundOf(tenantId: string, entries: readonly BankEntryRow[]): Promise<BatchGround> {
    const ground = new BatchGround(entries);
    if (entries.length === 0) return ground;
    ground.addNamed(await this.payables.byNumberKeys(tenantId, ground.keys));
    const ibans = wordsIn(entries.map(({ counterpartyIban }) => counterpartyIban));
    if (ibans.length > 0) ground.addPayers(await this.bankAccounts.payersOf(tenantId, ibans));
    const { accountIds } = ground;
    if (accountIds.length === 0) return ground;
    ground.addAccounts(await this.profiles.accounts(tenantId, accountIds));
    ground.addOpen(accountIds, await this.payables.openOf(tenantId, accountIds));
    return ground;
  }

  /** In the order of the entries: as the ones before have left it. */
  async matchOn(tenantId: string, ground: BatchGround, entry: BankEntryRow): Promise<Match> {
    const match = matchEntry(entry, ground.findingsFor(entry));
    if (match.parts || ground.isSuspected(entry)) return match;
    await this.suspect(tenantId, ground, [entry]);
    return matchEntry(entry, ground.findingsFor(entry));
  }

  /** Whom a name or an amount speaks for is asked only of what nothing else decides. */
  async suspectUndecided(
    tenantId: string,
    ground: BatchGround,
    entries: readonly BankEntryRow[],
  ): Promise<void> {
    const undecided = entries.filter((entry) => !matchEntry(entry, ground.findingsFor(entry)).parts);
    if (undecided.length > 0) await this.suspect(tenantId, ground, undecided);
  }

  private async suspect(
    tenantId: string,
    ground: BatchGround,
    entries: readonly BankEntryRow[],
  ): Promise<void> {
    const names = wordsIn(entries.map(({ counterpartyName }) => counterpartyName));
    const sameName =
      names.length === 0
        ? new Map<string, string[]>()
        : await this.profiles.named(tenantId, names, mostOfName);
    ground.addNames(sameName);
    const accountIds = [...sameName.values()].flat().filter((id) => !ground.knowsOpenOf(id));
    if (accountIds.length > 0) {
      ground.addAccounts(await this.profiles.accounts(tenantId, accountIds));
      ground.addOpen(accountIds, await this.payables.openOf(tenantId, accountIds));
    }
    for (const { amountMinor, currency } of entries)
      if (!ground.knowsAmount({ amountMinor, currency }))
        ground.addOfAmount(
          { amountMinor, currency },
          await this.payables.openOfAmount(tenantId, amountMinor, currency, mostOfAmount),
        );
    ground.noteSuspected(entries);
  }
}

const wordsIn = (all: readonly string[]): string[] => [...new Set(all)].filter((each) => each !== '');
