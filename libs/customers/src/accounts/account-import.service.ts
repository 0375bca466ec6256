import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import {
  AuditLog,
  BusinessClock,
  conflict,
  isDuplicateKey,
  type Principal,
  refuseFindings,
  ServiceDatabase,
} from '@tollkeeper/platform';
import { AccountCycles } from './account-cycles.service';
import { AccountOwners } from '../parties/account-owners.service';
import { AccountNews } from './account-news.service';
import { AccountRepository } from './account.repository';
import { AssignmentService } from '../identifiers/assignment.service';
import type { AssignmentRow } from '../identifiers/assignment.schema';
import type { NewAccount } from './account-fields';
import { customerOf, nobodyKnown } from '../domain/buyer-book';
import { checkAccount, type OfferingPrices } from '../domain/check-account';
import { asksWho, checkSale } from '../domain/check-sale';
import { type Finding, inside } from '../domain/finding';
import { accountRow, ascendingIds, assignmentRows, subscriptionRow } from './new-rows';
import { OfferingRepository } from '../copies/offering.repository';
import { Eligibility } from '../orders/eligibility.service';
import { SubscriptionParties } from '../subscriptions/subscription-parties.service';
import { SubscriptionRepository } from '../subscriptions/subscription.repository';
import type { SubscriptionRow } from '../subscriptions/subscription.schema';
import { TenantService } from '../copies/tenant.service';
import { TimelineRepository } from './timeline.repository';

interface ImportedAccount {
  externalId: string;
  accountId: string;
  /** False: it was there before and was left as it is. */
  created: boolean;
  subscriptions: { externalId: string | null; subscriptionId: string }[];
}

interface Placed {
  subscription: SubscriptionRow;
  identifiers: AssignmentRow[];
  /** `3.subscriptions.0`: where it stood in the request. */
  field: string;
}

@Injectable()
export class AccountImportService {
  constructor(
    private readonly db: ServiceDatabase,
    private readonly clock: BusinessClock,
    private readonly audit: AuditLog,
    private readonly tenants: TenantService,
    private readonly offerings: OfferingRepository,
    private readonly accounts: AccountRepository,
    private readonly subscriptions: SubscriptionRepository,
    private readonly assignments: AssignmentService,
    private readonly cycles: AccountCycles,
    private readonly owners: AccountOwners,
    private readonly parties: SubscriptionParties,
    private readonly timeline: TimelineRepository,
    private readonly news: AccountNews,
    private readonly eligibility: Eligibility,
  ) {}

  /** All or none; an account whose `externalId` is known is found, not changed. */
  async import(
    principal: Principal,
    accounts: NewAccount[],
    fieldOf: (index: number) => string,
  ): Promise<ImportedAccount[]> {
    const { tenantId } = principal;
    const at = await this.clock.now(tenantId);
    const prices = await this.offerings.prices(
      tenantId,
      accounts.flatMap(({ subscriptions }) => subscriptions.map(({ offeringId }) => offeringId)),
    );
    const imported = this.db.transaction(async () => {
      const known = await this.known(tenantId, accounts);
      const fresh = accounts
        .map((account, index) => ({ account, field: fieldOf(index) }))
        .filter(({ account }) => !known.has(account.externalId));
      const created = fresh.length > 0 ? await this.create(principal, fresh, prices, at) : [];
      const byName = new Map([...known, ...created.map((one) => [one.externalId, one] as const)]);
      return accounts.flatMap(({ externalId }) => byName.get(externalId) ?? []);
    });
    return imported.catch((error: unknown) => {
      throw isDuplicateKey(error)
        ? conflict(
            'idTaken',
            'An externalId of this request is in use, or was just taken.',
            'Ask for the account by its externalId.',
          )
        : error;
    });
  }

  private async notForThem(
    tenantId: string,
    fresh: { account: NewAccount; field: string }[],
    prices: OfferingPrices,
  ): Promise<Finding[]> {
    const owners = fresh.flatMap(({ account: { customerId } }) => customerId ?? []);
    const book = asksWho(prices) ? await this.eligibility.book(tenantId, owners) : nobodyKnown;
    return fresh.flatMap(({ account: { customerId = null, address, subscriptions }, field }) => {
      const payer = { customerId, country: address.country, creditClass: null };
      return subscriptions.flatMap(({ offeringId, activeFrom }, at) => {
        const sale = { offeringId, as: 'plan' as const, from: activeFrom };
        return inside(
          `${field}.subscriptions.${at}`,
          checkSale(sale, null, customerOf(book, payer, null), prices),
        );
      });
    });
  }

  private async create(
    principal: Principal,
    fresh: { account: NewAccount; field: string }[],
    prices: OfferingPrices,
    at: Instant,
  ) {
    const { tenantId } = principal;
    const operator = await this.tenants.get(tenantId);
    refuseFindings([
      ...findRepeats(fresh),
      ...fresh.flatMap(({ account, field }) => inside(field, checkAccount(account, operator, prices))),
      ...(await this.notForThem(tenantId, fresh, prices)),
    ]);
    const cycles = await this.cycles.require(
      tenantId,
      fresh.map(({ account, field }) => ({ cycleId: account.cycleId, field })),
    );
    const customers = await this.owners.of(tenantId, fresh, at);
    const accountIds = ascendingIds('acc', fresh.length);
    const subscriptionIds = ascendingIds(
      'sub',
      fresh.reduce((count, { account }) => count + account.subscriptions.length, 0),
    );
    const rows = fresh.map(({ account }, index) =>
      accountRow(
        { id: accountIds[index] ?? '', customerId: customers[index] ?? '' },
        account,
        operator,
        cycles,
        at,
      ),
    );
    const placed = fresh.flatMap(({ account, field }, index) =>
      account.subscriptions.map((wanted, place): Placed => {
        const subscription = subscriptionRow(
          subscriptionIds.shift() ?? '',
          accountIds[index] ?? '',
          wanted,
          prices,
        );
        return {
          subscription,
          identifiers: assignmentRows(subscription, wanted),
          field: `${field}.subscriptions.${place}`,
        };
      }),
    );
    await this.accounts.insertMany(tenantId, rows);
    await this.place(tenantId, placed, at);
    await this.timeline.record(
      tenantId,
      rows.map(({ _id, externalId }) => ({
        accountId: _id,
        at,
        what: 'accountCreated',
        details: { externalId },
      })),
    );
    await this.audit.record(principal, {
      at,
      what: 'importAccounts',
      entity: rows.length === 1 ? (accountIds[0] ?? '') : 'accounts',
      after: { accountIds },
    });
    await this.news.changed(tenantId, at, accountIds);
    if (placed.some(({ subscription }) => subscription.renewal))
      await this.news.renewalsChanged(tenantId, at);
    return rows.map(({ _id, externalId }) =>
      imported(
        _id,
        externalId,
        true,
        placed.map(({ subscription }) => subscription),
      ),
    );
  }

  /** Inserts subscriptions with their identifiers, of which none may have another owner at any instant. */
  async place(tenantId: string, placed: Placed[], at: Instant): Promise<void> {
    await this.assignments.place(
      tenantId,
      placed.flatMap(({ identifiers, field }) =>
        identifiers.map((row, index) => ({
          row,
          field: `${field}.identifiers.${index}.value`,
          orderId: null,
          portedIn: false,
        })),
      ),
      at,
    );
    const begun = await this.parties.begin(
      tenantId,
      placed.map(({ subscription }) => subscription),
    );
    await this.subscriptions.insertMany(tenantId, begun);
  }

  private async known(tenantId: string, accounts: NewAccount[]): Promise<Map<string, ImportedAccount>> {
    const rows = await this.accounts.findByExternalIds(
      tenantId,
      accounts.map(({ externalId }) => externalId),
    );
    const subscriptions = await this.subscriptions.ofAccounts(
      tenantId,
      rows.map(({ _id }) => _id),
    );
    return new Map(
      rows.map(({ _id, externalId }) => [externalId, imported(_id, externalId, false, subscriptions)]),
    );
  }
}

const imported = (
  accountId: string,
  externalId: string,
  created: boolean,
  subscriptions: SubscriptionRow[],
): ImportedAccount => ({
  externalId,
  accountId,
  created,
  subscriptions: subscriptions
    .filter((row) => row.accountId === accountId)
    .map((row) => ({ externalId: row.externalId, subscriptionId: row._id })),
});

function findRepeats(fresh: { account: NewAccount; field: string }[]): Finding[] {
  const seen = new Set<string>();
  return fresh.flatMap(({ account: { externalId }, field }) => {
    const repeated = seen.has(externalId);
    seen.add(externalId);
    return repeated
      ? [{ field: `${field}.externalId`, reason: `"${externalId}" is in this request twice` }]
      : [];
  });
}
