import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import { collection, collectionIdOf, collectionSignals } from '@tollkeeper/contracts';
import {
  AuditLog,
  BusinessClock,
  conflict,
  newId,
  notFound,
  Outbox,
  type Principal,
  ServiceDatabase,
} from '@tollkeeper/platform';
import { CollectionRepository } from '../collection.repository';
import type { CollectionRow, DebtDispute } from '../collection.schema';
import { barsOf } from '../../domain/dunning/standing-bars';
import { PayableRepository } from '../../payables/payable.repository';
import { ProfileRepository } from '../../payers/profile.repository';
import { newCase } from '../new-case';
import { PolicyChoice } from '../policies/policy-choice.service';

/** What becomes of debts that an agency has: taken back they are chased by us again, paid they free the service, and what changes it is told. */
@Injectable()
export class AgencyDebts {
  constructor(
    private readonly database: ServiceDatabase,
    private readonly outbox: Outbox,
    private readonly audit: AuditLog,
    private readonly clock: BusinessClock,
    private readonly collections: CollectionRepository,
    private readonly payables: PayableRepository,
    private readonly profiles: ProfileRepository,
    private readonly choice: PolicyChoice,
  ) {}

  /** Answers the case in which the debt is chased now. */
  async takeBack(principal: Principal, caseId: string, reason: string): Promise<CollectionRow> {
    const { tenantId } = principal;
    const at = await this.clock.now(tenantId);
    return this.database.transaction(async () => {
      const row = await this.collections.one(tenantId, caseId);
      if (!row) throw notFound('collection', caseId);
      if (row.outcome !== 'handedOver')
        throw conflict('notHandedOver', `Collection ${caseId} was not handed over to an agency.`);
      const ended = await this.collections.endAtAgency(tenantId, caseId, { how: 'takenBack', at });
      if (!ended)
        throw conflict(
          'notAtAgency',
          `It was ${row.endedAtAgency?.how} at ${row.endedAtAgency?.at} already.`,
        );
      await this.payables.takeBack(tenantId, caseId);
      await this.audit.record(principal, { at, what: 'takeBackDebt', entity: caseId, reason });
      return this.goOn(tenantId, ended, at);
    });
  }

  /** A dispute that was opened or closed: nothing of ours chases the debt, the next file tells the agency. */
  async disputed(
    principal: Principal,
    caseId: string,
    {
      what,
      change,
      reason,
    }: {
      what: string;
      change: (row: CollectionRow, at: Instant) => DebtDispute[] | Promise<DebtDispute[]>;
      reason: string;
    },
  ): Promise<CollectionRow> {
    const { tenantId } = principal;
    const at = await this.clock.now(tenantId);
    return this.database.transaction(async () => {
      const before = await this.collections.one(tenantId, caseId);
      if (!before) throw notFound('collection', caseId);
      const disputes = await change(before, at);
      const after = await this.collections.changeAtAgency(tenantId, caseId, { disputes });
      if (!after) throw conflict('notAtAgency', `The agency does not have ${caseId} any more.`);
      await this.audit.record(principal, {
        ...{ at, what, entity: before._id, reason },
        ...{ before: { disputes: before.disputes }, after: { disputes } },
      });
      return after;
    });
  }

  /** In the caller's transaction: of these invoices something was paid (to us, or through the agency), credited, or taken back. */
  async changed(
    tenantId: string,
    invoices: readonly { invoiceId: string; accountId: string }[],
    at: Instant,
  ): Promise<void> {
    const accountIds = [...new Set(invoices.map(({ accountId }) => accountId))];
    const told = invoices.map(({ invoiceId }) => invoiceId);
    await this.look(tenantId, accountIds, told, at);
  }

  /** In the caller's transaction: a case was just handed over; paid since its process looked, it ends at once. */
  handedOver(tenantId: string, accountId: string, at: Instant): Promise<void> {
    return this.look(tenantId, [accountId], [], at);
  }

  private async look(
    tenantId: string,
    accountIds: string[],
    invoiceIds: string[],
    at: Instant,
  ): Promise<void> {
    if (accountIds.length === 0) return;
    const rows = await this.collections.atAgency(tenantId, accountIds);
    if (rows.length === 0) return;
    const theirs = await this.payables.givenUpBy(
      tenantId,
      rows.map(({ _id }) => _id),
    );
    const owed = new Set(
      theirs.flatMap(({ openMinor, givenUpBy }) => (openMinor > 0 ? givenUpBy : []) ?? []),
    );
    const told = new Set(invoiceIds);
    const news = theirs.filter(({ _id }) => told.has(_id)).flatMap(({ givenUpBy }) => givenUpBy ?? []);
    await this.collections.noteNews(tenantId, [...new Set(news)]);
    const stillBarred = new Set(
      rows.filter(({ _id, restricted }) => restricted && owed.has(_id)).map(({ accountId }) => accountId),
    );
    for (const row of rows.filter(({ _id }) => !owed.has(_id))) {
      const ended = await this.collections.endAtAgency(tenantId, row._id, { how: 'settled', at });
      // What is taken back later (a dispute, a returned debit) is ours to collect.
      await this.payables.takeBack(tenantId, row._id);
      // The bar went on while the agency had the debt: a case that finds nothing owed lifts it and says so.
      if (ended?.restricted && !stillBarred.has(ended.accountId)) await this.goOn(tenantId, ended, at);
    }
  }

  private async goOn(tenantId: string, before: CollectionRow, at: Instant): Promise<CollectionRow> {
    const { accountId, currency } = before;
    const [open] = await this.collections.openOf(tenantId, [accountId]);
    if (open) {
      if (before.restricted) await this.collections.takeOverBar(tenantId, open._id, carriedSteps(before));
      const event = { eventId: newId('evt'), at };
      const processId = collectionIdOf(tenantId, accountId);
      await this.outbox.signal(tenantId, processId, collectionSignals.release, event);
      return (await this.collections.one(tenantId, open._id)) ?? open;
    }
    const policy = await this.choice.forAccount(tenantId, accountId);
    if (!policy) throw conflict('policyMissing', 'There is no dunning policy yet.');
    const zone = (await this.profiles.account(tenantId, accountId))?.zone ?? 'UTC';
    const { restricted } = before;
    const row: CollectionRow = {
      ...newCase({ accountId, currency, policy, zone, at }),
      ...{ restricted, wasRestricted: restricted, steps: restricted ? carriedSteps(before) : [] },
      ...(before.notices ? { notices: before.notices } : {}),
    };
    await this.collections.insert(tenantId, [row]);
    await this.outbox.start(collection, [{ tenantId, at, accountId, caseId: row._id, policy }]);
    return row;
  }
}

/** The bar that stands, as a step of the case that takes it over: it is lifted, or comes first, as its own would. */
function carriedSteps({ steps }: CollectionRow): CollectionRow['steps'] {
  const { now } = barsOf(steps);
  const step = steps.filter(({ what }) => what === `restrict: ${now}`).at(-1);
  return step ? [{ ...step, levelId: 'carried' }] : [];
}
