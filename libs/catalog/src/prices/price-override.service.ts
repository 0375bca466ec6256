import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import type { OverriddenPrice, PriceOverride } from '@tollkeeper/contracts';
import {
  AuditLog,
  badInput,
  BusinessClock,
  conflict,
  newId,
  Outbox,
  type Page,
  pageOf,
  type Principal,
  refuseFindings,
  ServiceDatabase,
} from '@tollkeeper/platform';
import type { Finding } from '@tollkeeper/tariff';
import { AccountRepository } from '../tenants/account.repository';
import type { AccountRow } from '../tenants/account.schema';
import { knownAt } from '../domain/known-offerings';
import { OfferingRepository } from '../offerings/offering.repository';
import { RateDeckRepository } from '../decks/rate-deck.repository';
import { type OverridePage, PriceOverrideRepository } from './price-override.repository';
import type { OverrideRow } from './price-override.schema';

interface NewOverride {
  accountId: string;
  subscriptionId?: string;
  price: OverriddenPrice;
  from?: Instant;
  to?: Instant;
  reason: string;
}

/** What one account or subscription pays instead of the list price, for a time. Rating and invoicing hear of it. */
@Injectable()
export class PriceOverrideService {
  constructor(
    private readonly db: ServiceDatabase,
    private readonly clock: BusinessClock,
    private readonly audit: AuditLog,
    private readonly outbox: Outbox,
    private readonly accounts: AccountRepository,
    private readonly offerings: OfferingRepository,
    private readonly decks: RateDeckRepository,
    private readonly overrides: PriceOverrideRepository,
  ) {}

  async create(principal: Principal, wanted: NewOverride): Promise<OverrideRow> {
    const { tenantId } = principal;
    const at = await this.clock.now(tenantId);
    const { accountId, subscriptionId = null, price, from = at, to = null, reason } = wanted;
    const account = await this.accounts.get(tenantId, accountId);
    const overrideId = newId('pov');
    const fact: PriceOverride = { overrideId, revision: 1, accountId, subscriptionId, price, from, to };
    refuseFindings([
      ...checkTime(fact, at),
      ...checkHolder(fact, account),
      ...(await this.checkPrice(tenantId, fact, account)),
    ]);
    const row: OverrideRow = { _id: overrideId, fact, reason, createdAt: at };
    await this.db.transaction(async () => {
      // Writers of one account's prices come one after the other.
      await this.accounts.lock(tenantId, accountId);
      const other = await this.overrides.overlapping(tenantId, fact);
      if (other) throw overlaps(other);
      await this.overrides.insert(tenantId, row);
      await this.tell(principal, fact, { at, what: 'overridePrice', before: null, reason });
    });
    return row;
  }

  /** At an instant to come, or now; before its beginning it is called off. */
  async end(
    principal: Principal,
    id: string,
    wanted: { to?: Instant; reason: string },
  ): Promise<OverrideRow> {
    const { tenantId } = principal;
    const at = await this.clock.now(tenantId);
    if (wanted.to !== undefined && wanted.to < at)
      throw badInput('to', `must not lie before now (${at}): usage until then is rated.`);
    return this.db.transaction(async () => {
      const before = await this.overrides.get(tenantId, id);
      const { from, to: end, revision } = before.fact;
      const asked = wanted.to ?? at;
      const to = asked < from ? from : asked;
      if (end !== null && end <= to)
        throw conflict('endedAlready', `The price ends at ${end}.`, 'Name an earlier `to`.');
      const fact = { ...before.fact, revision: revision + 1, to };
      if (!(await this.overrides.end(tenantId, before, fact)))
        throw conflict('changedMeanwhile', 'Somebody else just changed this price.', 'Look at it again.');
      await this.tell(principal, fact, {
        at,
        what: 'endPriceOverride',
        before: before.fact,
        reason: wanted.reason,
      });
      return { ...before, fact };
    });
  }

  get(tenantId: string, id: string): Promise<OverrideRow> {
    return this.overrides.get(tenantId, id);
  }

  async page(tenantId: string, query: OverridePage): Promise<Page<OverrideRow>> {
    return pageOf(await this.overrides.page(tenantId, { ...query, limit: query.limit + 1 }), query.limit);
  }

  private async tell(
    principal: Principal,
    fact: PriceOverride,
    { at, what, before, reason }: { at: Instant; what: string; before: PriceOverride | null; reason: string },
  ): Promise<void> {
    await this.outbox.tell(principal.tenantId, at, 'priceOverrideChanged', [fact]);
    await this.audit.record(principal, { at, what, entity: fact.overrideId, before, after: fact, reason });
  }

  private async checkPrice(
    tenantId: string,
    { price, from }: PriceOverride,
    account: AccountRow,
  ): Promise<Finding[]> {
    if (price.kind === 'deckRate') return this.checkDeck(tenantId, price.deckId, from, account);
    if (price.offeringId === undefined) return [];
    const { offeringId } = price;
    const versions = await this.offerings.versionsOf(tenantId, [offeringId], 'published');
    const version = knownAt(versions, from).get(offeringId);
    if (!version)
      return [{ field: 'price.offeringId', reason: `there is no published offering ${offeringId}` }];
    if (version.currency !== account.currency)
      return [
        {
          field: 'price.offeringId',
          reason: `${offeringId} is in ${version.currency}, the account in ${account.currency}`,
        },
      ];
    if (price.kind === 'usagePrice') return [];
    const { recurringCharges, oneOffCharges = [] } = version.offering;
    const charges = [...recurringCharges, ...oneOffCharges].map(({ chargeId }) => chargeId);
    return charges.includes(price.chargeId)
      ? []
      : [
          {
            field: 'price.chargeId',
            reason: `${offeringId} has no charge ${price.chargeId}: it has ${charges.join(', ') || 'none'}`,
          },
        ];
  }

  private async checkDeck(
    tenantId: string,
    deckId: string,
    from: Instant,
    { currency }: AccountRow,
  ): Promise<Finding[]> {
    const decks = await this.decks.published(tenantId, deckId);
    const deck = decks.filter(({ validFrom }) => validFrom <= from).at(-1) ?? decks[0];
    if (!deck) return [{ field: 'price.deckId', reason: `there is no published rate deck ${deckId}` }];
    return deck.currency === currency
      ? []
      : [{ field: 'price.deckId', reason: `${deckId} is in ${deck.currency}, the account in ${currency}` }];
  }
}

function checkTime({ from, to }: PriceOverride, at: Instant): Finding[] {
  if (from < at)
    return [
      { field: 'from', reason: `must not lie before now (${at}): give a credit for what is rated already` },
    ];
  return to !== null && to <= from ? [{ field: 'to', reason: 'must be later than from' }] : [];
}

const checkHolder = ({ subscriptionId, accountId }: PriceOverride, account: AccountRow): Finding[] =>
  subscriptionId === null || account.subscriptionIds.includes(subscriptionId)
    ? []
    : [
        {
          field: 'subscriptionId',
          reason: `account ${accountId} pays for no subscription ${subscriptionId}`,
        },
      ];

const overlaps = ({ _id, fact: { from, to } }: OverrideRow) =>
  conflict(
    'overlap',
    `${_id} is a price of the same for the same, from ${from} ${to === null ? 'on' : `until ${to}`}.`,
    'End it first, or begin where it ends.',
  );
