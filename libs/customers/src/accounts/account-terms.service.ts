import { Injectable } from '@nestjs/common';
import { type Instant, localDateOf } from '@tollkeeper/calendar';
import type { TaxCertificate } from '@tollkeeper/contracts';
import {
  AuditLog,
  badInput,
  BusinessClock,
  conflict,
  newId,
  notFound,
  type Principal,
  ServiceDatabase,
} from '@tollkeeper/platform';
import { AccountNews } from './account-news.service';
import { AccountRepository } from './account.repository';
import type { AccountRow, AccountTag } from './account.schema';
import { CreditClassRepository } from './credit-class.repository';
import { TimelineRepository } from './timeline.repository';

/** Rows within an account's row. Ended ones are kept until there is no room. */
const mostCertificates = 50;
const mostTags = 50;

interface Change {
  what: string;
  change: Partial<AccountRow>;
  before: unknown;
  after: unknown;
  reason?: string;
  details: Record<string, string | null>;
}

/** Tax certificates, credit class and tags: each has a reason, and each change tells the other services. */
@Injectable()
export class AccountTerms {
  constructor(
    private readonly db: ServiceDatabase,
    private readonly clock: BusinessClock,
    private readonly audit: AuditLog,
    private readonly accounts: AccountRepository,
    private readonly classes: CreditClassRepository,
    private readonly timeline: TimelineRepository,
    private readonly news: AccountNews,
  ) {}

  async addCertificate(
    principal: Principal,
    accountId: string,
    wanted: Omit<TaxCertificate, 'certificateId'>,
  ): Promise<TaxCertificate> {
    const certificate = { certificateId: newId('txc'), ...wanted };
    const { number, jurisdiction, reason, validFromOn, validToOn } = wanted;
    await this.change(principal, accountId, ({ taxCertificates: held }) => {
      if (held.some((each) => each.number === number && each.jurisdiction === jurisdiction))
        throw conflict('certificateKnown', `Certificate ${number} of ${jurisdiction} is there already.`);
      if (held.length >= mostCertificates)
        throw conflict('tooMany', `An account keeps ${mostCertificates} certificates.`);
      return {
        what: 'taxCertificateAdded',
        change: { taxCertificates: [...held, certificate] },
        before: null,
        after: certificate,
        reason,
        details: { number, jurisdiction, validFromOn, validToOn },
      };
    });
    return certificate;
  }

  /** Ends it on another day, earlier or later; a certificate that was on bills is not taken away. */
  async endCertificate(
    principal: Principal,
    accountId: string,
    certificateId: string,
    { validToOn, reason }: { validToOn: string; reason: string },
  ): Promise<TaxCertificate> {
    let ended: TaxCertificate | undefined;
    await this.change(principal, accountId, ({ taxCertificates: held, zone }, at) => {
      const before = held.find((each) => each.certificateId === certificateId);
      if (!before) throw notFound('tax certificate', certificateId);
      if (validToOn <= before.validFromOn)
        throw badInput('validToOn', `must be after ${before.validFromOn}, when the certificate begins`);
      const today = localDateOf(at, zone);
      if (validToOn < today)
        throw badInput('validToOn', `must not be before today (${today}): bills may have named it`);
      const after = { ...before, validToOn };
      ended = after;
      return {
        what: 'taxCertificateEnded',
        change: { taxCertificates: held.map((each) => (each === before ? after : each)) },
        before,
        after,
        reason,
        details: { number: before.number, jurisdiction: before.jurisdiction, validToOn },
      };
    });
    return ended as TaxCertificate;
  }

  async setTag(
    principal: Principal,
    accountId: string,
    { tag, reason, until }: { tag: string; reason: string; until?: Instant },
  ): Promise<AccountTag> {
    let set: AccountTag | undefined;
    await this.change(principal, accountId, ({ tags }, at) => {
      const to = until ?? null;
      if (to !== null && to <= at) throw badInput('until', `must be later than now (${at})`);
      const holds = tags.find((each) => each.tag === tag && (each.to === null || each.to > at));
      if (holds)
        throw conflict(
          'tagHolds',
          `Tag ${tag} holds ${holds.to ? `until ${holds.to}` : 'already'}.`,
          'End it first.',
        );
      const after = { tagId: newId('tag'), tag, reason, from: at, to, setBy: principal.name };
      set = after;
      return {
        what: 'tagSet',
        change: { tags: [...withRoom(tags, at), after] },
        before: null,
        after,
        reason,
        details: { tag, reason, until: to, by: principal.name },
      };
    });
    return set as AccountTag;
  }

  async endTag(principal: Principal, accountId: string, tagId: string, reason: string): Promise<void> {
    await this.change(principal, accountId, ({ tags }, at) => {
      const before = tags.find((each) => each.tagId === tagId);
      if (!before) throw notFound('tag', tagId);
      if (before.to !== null && before.to <= at)
        throw conflict('tagEnded', `Tag ${before.tag} ended at ${before.to}.`);
      const after = { ...before, to: at };
      return {
        what: 'tagEnded',
        change: { tags: tags.map((each) => (each === before ? after : each)) },
        before,
        after,
        reason,
        details: { tag: before.tag, reason, by: principal.name },
      };
    });
  }

  async setCreditClass(
    principal: Principal,
    accountId: string,
    { creditClass, reason }: { creditClass: string | null; reason: string },
  ): Promise<void> {
    const { tenantId } = principal;
    const named = creditClass === null ? null : await this.classes.find(tenantId, creditClass);
    if (creditClass !== null && !named)
      throw badInput(
        'creditClass',
        `there is no credit class ${creditClass}`,
        'PUT /v1/customers/credit-classes/{code} makes one.',
      );
    await this.change(principal, accountId, ({ creditTerms: before }) => ({
      what: 'creditClassSet',
      change: { creditTerms: named?.terms ?? null },
      before,
      after: named?.terms ?? null,
      reason,
      details: { creditClass, before: before?.creditClass ?? null },
    }));
  }

  private async change(
    principal: Principal,
    accountId: string,
    decide: (account: AccountRow, at: Instant) => Change,
  ): Promise<void> {
    const { tenantId } = principal;
    const at = await this.clock.now(tenantId);
    await this.db.transaction(async () => {
      const account = await this.accounts.find(tenantId, accountId);
      if (!account) throw notFound('account', accountId);
      const { change, details, ...entry } = decide(account, at);
      await this.accounts.update(tenantId, accountId, change);
      await this.audit.record(principal, { at, entity: accountId, ...entry });
      await this.timeline.record(tenantId, [{ accountId, at, what: entry.what, details }]);
      await this.news.changed(tenantId, at, [accountId]);
    });
  }
}

/** Tags that ended longest ago make room; the audit log and the timeline keep them. */
function withRoom(tags: AccountTag[], at: Instant): AccountTag[] {
  if (tags.length < mostTags) return tags;
  const [oldest] = tags
    .filter(({ to }) => to !== null && to <= at)
    .sort((left, right) => ((left.to ?? '') < (right.to ?? '') ? -1 : 1));
  if (!oldest) throw conflict('tooMany', `${mostTags} tags hold already.`, 'End one first.');
  return tags.filter((each) => each !== oldest);
}
