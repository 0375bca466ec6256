import { Injectable } from '@nestjs/common';
import { type Instant, type LocalDate, localDateOf } from '@tollkeeper/calendar';
import type { AccountProfile, PostalAddress } from '@tollkeeper/contracts';
import {
  AuditLog,
  BusinessClock,
  notFound,
  type Principal,
  refuseFindings,
  ServiceDatabase,
} from '@tollkeeper/platform';
import type { ZipRange } from '@tollkeeper/tax';
import { CopyRepository } from '../copies/copy.repository';
import { addressKey, type ResolvedPlace, resolvePlace, type TaxFacts } from '../domain/resolve-place';
import type { TaxPlace } from '../domain/tax-place';
import { TaxPlaceRepository } from './tax-place.repository';
import { TaxSettingsRepository } from './tax-settings.repository';

const zipDigits = 5;
const nothingRecorded: TaxFacts = { customer: 'consumer', vatNumber: null, evidence: [], decision: null };

/** Where accounts are taxed: by the loaded table, the SIM and the evidence, and people's word. */
@Injectable()
export class TaxPlaceService {
  constructor(
    private readonly db: ServiceDatabase,
    private readonly places: TaxPlaceRepository,
    private readonly settings: TaxSettingsRepository,
    private readonly copies: CopyRepository,
    private readonly audit: AuditLog,
    private readonly clock: BusinessClock,
  ) {}

  /** Places that say more than the address, by account, as of a day. */
  async placesOf(
    tenantId: string,
    accounts: readonly { profile: AccountProfile }[],
    on: LocalDate,
  ): Promise<Map<string, TaxPlace>> {
    const resolved = await this.resolve(
      tenantId,
      accounts.map(({ profile }) => profile),
      on,
    );
    return new Map([...resolved].flatMap(([accountId, { place }]) => (place ? [[accountId, place]] : [])));
  }

  /** A profile has arrived: what nobody can place is put on the review list. */
  async accountsArrived(tenantId: string, profiles: AccountProfile[], at: Instant): Promise<void> {
    const { placeBy } = await this.settings.find(tenantId);
    if (placeBy === 'address' && !(await this.places.zipTable(tenantId))) return;
    await this.keep(tenantId, profiles, at);
  }

  async recordFacts(
    principal: Principal,
    accountId: string,
    { reason, ...recorded }: Omit<TaxFacts, 'decision'> & { reason: string },
  ): Promise<ResolvedPlace | null> {
    await this.refuseUnknownLines(principal.tenantId, accountId, recorded);
    return this.change(principal, accountId, 'recordTaxFacts', reason, (before) => ({
      ...recorded,
      decision: before.decision,
    }));
  }

  private async refuseUnknownLines(
    tenantId: string,
    accountId: string,
    { placesOfUse = [] }: Pick<TaxFacts, 'placesOfUse'>,
  ): Promise<void> {
    const [copy] = await this.copies.accountsByIds(tenantId, [accountId]);
    const known = new Set(
      (copy?.profile.subscriptions ?? []).map(
        ({ subscriptionId, slice }) => slice?.subscriptionId ?? subscriptionId,
      ),
    );
    refuseFindings(
      placesOfUse.flatMap(({ subscriptionId }, at) =>
        known.has(subscriptionId) || !copy
          ? []
          : [
              {
                field: `placesOfUse.${at}.subscriptionId`,
                reason: `account ${accountId} does not pay for it`,
              },
            ],
      ),
      'Name subscriptions that the account pays for.',
    );
  }

  async decide(
    principal: Principal,
    accountId: string,
    jurisdictions: string[],
    reason: string,
  ): Promise<ResolvedPlace | null> {
    return this.change(principal, accountId, 'decideTaxPlace', reason, (before, profile) => ({
      ...before,
      decision: { jurisdictions, address: addressKey(profile.address), reason },
    }));
  }

  /** After a new table: the accounts whose places it may change. */
  async resolveAgain(tenantId: string, profiles: AccountProfile[], at: Instant): Promise<void> {
    await this.keep(tenantId, profiles, at);
  }

  private async change(
    principal: Principal,
    accountId: string,
    what: string,
    reason: string,
    changed: (before: TaxFacts, profile: AccountProfile) => TaxFacts,
  ): Promise<ResolvedPlace | null> {
    const { tenantId } = principal;
    const at = await this.clock.now(tenantId);
    const [copy] = await this.copies.accountsByIds(tenantId, [accountId]);
    if (!copy) throw notFound('account', accountId);
    return this.db.transaction(async () => {
      const before = (await this.places.find(tenantId, accountId))?.facts ?? nothingRecorded;
      const after = changed(before, copy.profile);
      await this.places.putFacts(tenantId, accountId, after);
      await this.audit.record(principal, { at, what, entity: accountId, before, after, reason });
      return (await this.keep(tenantId, [copy.profile], at)).get(accountId) ?? null;
    });
  }

  private async keep(tenantId: string, profiles: AccountProfile[], at: Instant) {
    const zone = profiles[0]?.zone ?? 'UTC';
    const resolved = await this.resolve(tenantId, profiles, localDateOf(at, zone));
    await this.places.putResolved(
      tenantId,
      [...resolved].map(([accountId, each]) => ({
        ...{ accountId, resolved: each, inReview: each.review !== null, resolvedAt: at },
      })),
    );
    return resolved;
  }

  private async resolve(
    tenantId: string,
    profiles: AccountProfile[],
    on: LocalDate,
  ): Promise<Map<string, ResolvedPlace>> {
    if (profiles.length === 0) return new Map();
    const { placeBy, establishedIn, belowUnionThreshold = false } = await this.settings.find(tenantId);
    const sellerCountry = establishedIn ?? (await this.copies.tenant(tenantId))?.country ?? '';
    const rows = await this.places.findMany(
      tenantId,
      profiles.map(({ accountId }) => accountId),
    );
    const factsOf = new Map(rows.map(({ accountId, facts }) => [accountId, facts]));
    const ranges = await this.rangesOf(tenantId, [
      ...profiles.map(zipOf),
      ...rows.flatMap(({ facts }) => (facts?.placesOfUse ?? []).map(zipOf)),
    ]);
    return new Map(
      profiles.map((profile) => {
        const facts = factsOf.get(profile.accountId) ?? null;
        const zips = new Set([zipOf(profile), ...(facts?.placesOfUse ?? []).map(zipOf)]);
        const zipRanges = ranges && [...zips].flatMap((zip) => ranges.get(zip) ?? []);
        const resolved = resolvePlace({
          ...{ profile, facts, sellerCountry, placeBy, belowUnionThreshold },
          ...{ zipRanges, on },
        });
        return [profile.accountId, resolved];
      }),
    );
  }

  private async rangesOf(tenantId: string, asked: string[]): Promise<Map<string, ZipRange[]> | null> {
    const table = await this.places.zipTable(tenantId);
    if (!table) return null;
    const zips = [...new Set(asked)];
    const byZip = new Map<string, ZipRange[]>();
    for (const range of await this.places.zipRangesOf(tenantId, table.edition, zips))
      byZip.set(range.zip, [...(byZip.get(range.zip) ?? []), range]);
    return byZip;
  }
}

const zipOf = ({ address }: { address: PostalAddress }): string =>
  address.postalCode.trim().slice(0, zipDigits);
