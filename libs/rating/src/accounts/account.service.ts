import { Injectable } from '@nestjs/common';
import type { AccountProfile, FactBatch } from '@tollkeeper/contracts';
import {
  agreedAsks,
  asksOnNet,
  type CompiledCatalog,
  CyclePeriods,
  type GuideKnowledge,
  identifierKey,
  identifierKeysOf,
  SubscriberDirectory,
  type UsageRecord,
} from '@tollkeeper/tariff';
import { AccountRepository } from './account.repository';
import type { AccountRow } from './account.schema';
import { RatedUsageNews } from '../usage/rated-usage-news.service';
import { PublicationService } from '../publications/publication.service';

/** What is known while one activity or request runs: subscribers are learned batch by batch, in one query each. */
export class LearnedKnowledge implements GuideKnowledge {
  readonly directory = new SubscriberDirectory();
  readonly periods = new CyclePeriods();
  readonly asked = new Set<string>();
  readonly accountIds = new Set<string>();
  /** Accounts with a credit limit or usage cap. */
  readonly watched = new Set<string>();
  /** A price agreed with one of the accounts asks whether a called number is ours. */
  asksCalled = false;

  constructor(readonly catalog: CompiledCatalog) {}
}

const calledToo = (record: UsageRecord): string[] =>
  record.otherParty === '' || record.shortCode
    ? identifierKeysOf(record)
    : [...identifierKeysOf(record), identifierKey('msisdn', record.otherParty)];

@Injectable()
export class AccountService {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly publications: PublicationService,
    private readonly news: RatedUsageNews,
  ) {}

  async receive({ tenantId, at, facts }: FactBatch<'accountChanged'>): Promise<void> {
    const profiles: AccountProfile[] = facts;
    await this.news.newlyWatched(tenantId, at, profiles);
    await this.accounts.keepNewer(tenantId, profiles);
  }

  async startLearning(tenantId: string): Promise<LearnedKnowledge> {
    return new LearnedKnowledge(await this.publications.catalog(tenantId));
  }

  /** Every account that ever held one of the records' identifiers; who was called too, where a price asks whether it is ours. */
  async learn(tenantId: string, known: LearnedKnowledge, records: readonly UsageRecord[]): Promise<void> {
    const asks = asksOnNet(known.catalog);
    const fresh = await this.learnOf(tenantId, known, records.flatMap(asks ? calledToo : identifierKeysOf));
    const agreed = fresh.some(({ overrides }) => overrides !== undefined && agreedAsks(overrides));
    if (!asks && agreed) known.asksCalled = true;
    if (known.asksCalled) await this.learnOf(tenantId, known, records.flatMap(calledToo));
  }

  private async learnOf(
    tenantId: string,
    known: LearnedKnowledge,
    named: readonly string[],
  ): Promise<AccountRow[]> {
    const keys = [...new Set(named)].filter((key) => !known.asked.has(key));
    if (keys.length === 0) return [];
    const accounts = await this.accounts.byIdentifiers(tenantId, keys);
    for (const key of keys) known.asked.add(key);
    const fresh = accounts.filter(({ accountId }) => !known.accountIds.has(accountId));
    for (const { accountId, creditWatched } of fresh) {
      known.accountIds.add(accountId);
      if (creditWatched) known.watched.add(accountId);
    }
    known.directory.add(fresh);
    return fresh;
  }
}
