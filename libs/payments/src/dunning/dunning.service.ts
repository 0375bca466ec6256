import { Injectable } from '@nestjs/common';
import { type Instant, type LocalDate, localDateOf } from '@tollkeeper/calendar';
import type {
  AttemptState,
  Channel,
  CollectionFacts,
  CollectionOutcome,
  DunningPolicy,
} from '@tollkeeper/contracts';
import { Outbox, refusal, ServiceDatabase } from '@tollkeeper/platform';
import { AccountFlags } from '../payers/account-flags.service';
import { AttemptRepository } from '../attempts/attempt.repository';
import { ChargingService } from '../attempts/charging.service';
import { CollectionRepository } from './collection.repository';
import { type CollectionRow } from './collection.schema';
import { overallState } from '../domain/attempts/attempt-states';
import { barRuleOf } from '../domain/dunning/bar-rules';
import { scheduleLadder } from '../domain/dunning/dunning-ladder';
import { dunningMessage, restoredMessage } from '../domain/message-requests';
import { AgencyDebts } from './hand-overs/agency-debts.service';
import { type DebtPart, splitDebt, sumOf, upTo } from './split-debt';
import { owedMinor, totalOwedMinor } from '../domain/attempts/reservations';
import { PayableRepository } from '../payables/payable.repository';
import { awaitsDebit, type PayableRow } from '../payables/payable.schema';
import { ProfileRepository } from '../payers/profile.repository';

interface WantedMessage {
  template: string;
  channel?: Channel;
  notice?: boolean;
}

interface Debt {
  row: CollectionRow;
  zone: string;
  country: string;
  customerName: string;
  overdue: PayableRow[];
  owedMinor: number;
}

/** What a collection's process asks for, step by step; each of these may be asked for twice. */
@Injectable()
export class DunningService {
  constructor(
    private readonly database: ServiceDatabase,
    private readonly outbox: Outbox,
    private readonly collections: CollectionRepository,
    private readonly payables: PayableRepository,
    private readonly attempts: AttemptRepository,
    private readonly profiles: ProfileRepository,
    private readonly charging: ChargingService,
    private readonly flags: AccountFlags,
    private readonly agency: AgencyDebts,
  ) {}

  async loadCollection(tenantId: string, caseId: string, at: Instant): Promise<CollectionFacts> {
    const { row, zone, overdue, owedMinor: openMinor } = await this.debtOf(tenantId, caseId, at);
    const { accountId, currency, promise, writtenOff, restricted } = row;
    const flag = (await this.flags.holding(tenantId, [accountId], 'collectionHold', at)).get(accountId);
    const hold = laterHold(row.hold, flag ? { reason: flag.reason, until: flag.to } : null);
    const on = localDateOf(at, zone);
    const charged = await this.attempts.accountsWithOpen(tenantId, [accountId]);
    const givenUp =
      openMinor === 0 && (await this.payables.writtenOffSince(tenantId, accountId, row.openedAt));
    return {
      openMinor,
      currency,
      oldestDueOn: overdue[0]?.dueOn ?? null,
      zone,
      hold: hold && (hold.until === null || hold.until > at) ? hold : null,
      promise: promise && promise.until > at ? promise : null,
      writtenOff: writtenOff || givenUp,
      // What is announced will be taken on a day that we chose: nothing harsher comes before it.
      attemptOpen: charged.has(accountId) || overdue.some((payable) => awaitsDebit(payable, on)),
      restricted,
    };
  }

  async scheduleSteps(tenantId: string, caseId: string, policy: DunningPolicy, oldestDueOn: LocalDate) {
    const { accountId, openedOn } = await this.caseOf(tenantId, caseId);
    const account = await this.profiles.account(tenantId, accountId);
    return scheduleLadder(policy, { oldestDueOn, openedOn, zone: account?.zone ?? 'UTC' });
  }

  async retry(
    tenantId: string,
    caseId: string,
    levelId: string,
    at: Instant,
  ): Promise<AttemptState | 'notAllowed'> {
    const debt = await this.debtOf(tenantId, caseId, at);
    const { accountId } = debt.row;
    const reason = `${caseId}.${levelId}`;
    const attempts = await this.charging.chargeAll(tenantId, at, {
      accountId,
      payables: partsOf(debt).flatMap(({ payable, chasedMinor }) => upTo(payable, chasedMinor) ?? []),
      reason,
      caseId,
      initiator: 'merchant',
    });
    return overallState(attempts.map(({ state }) => state));
  }

  async requestMessage(
    tenantId: string,
    caseId: string,
    levelId: string,
    { template, channel, notice = template === 'finalNotice' }: WantedMessage,
    at: Instant,
  ): Promise<void> {
    const debt = await this.debtOf(tenantId, caseId, at);
    const { row, zone, customerName, country } = debt;
    const { chased, chasedMinor } = chasedOf(debt);
    const law = notice ? barRuleOf(country, localDateOf(at, zone)) : null;
    const message = dunningMessage(levelId, template, {
      accountId: row.accountId,
      customerName,
      caseId,
      owedMinor: chasedMinor,
      currency: row.currency,
      oldestDueOn: chased[0]?.dueOn ?? row.openedOn,
      invoiceNumbers: chased.map(({ invoiceNumber }) => invoiceNumber),
      at,
      ...(channel ? { channel } : {}),
      ...(law?.notice ? { legalNotice: law.notice } : {}),
    });
    await this.database.transaction(async () => {
      await this.outbox.tell(tenantId, at, 'messageRequested', [message]);
      if (!notice) return;
      const isNew = !(row.notices ?? []).some(({ key }) => key === message.key);
      const asked = { key: message.key, requestedAt: at, state: null, deliveredAt: null, askedAt: null };
      if (isNew)
        await this.collections.change(tenantId, caseId, { notices: [...(row.notices ?? []), asked] });
    });
  }

  async recordStep(
    tenantId: string,
    caseId: string,
    step: CollectionRow['steps'][number],
    restricted?: boolean,
  ): Promise<void> {
    await this.database.transaction(() => this.collections.addStep(tenantId, caseId, step, restricted));
  }

  async close(tenantId: string, caseId: string, outcome: CollectionOutcome, at: Instant): Promise<void> {
    const { row, customerName, zone } = await this.debtOf(tenantId, caseId, at);
    const { accountId } = row;
    await this.database.transaction(async () => {
      const closed = await this.collections.close(tenantId, caseId, outcome, at);
      if (!closed) return;
      if (outcome === 'writtenOff' || outcome === 'handedOver') {
        await this.payables.giveUp(tenantId, accountId, caseId, localDateOf(at, zone));
      }
      // Paid since the process looked: no agency gets it, and a bar does not stay.
      if (outcome === 'handedOver') await this.agency.handedOver(tenantId, accountId, at);
      if (outcome === 'cured' && closed.wasRestricted) {
        await this.outbox.tell(tenantId, at, 'messageRequested', [
          restoredMessage(caseId, { accountId, customerName }, at),
        ]);
      }
    });
  }

  private async caseOf(tenantId: string, caseId: string): Promise<CollectionRow> {
    const row = await this.collections.one(tenantId, caseId);
    if (!row) throw refusal('collectionUnknown', `there is no collection ${caseId}`);
    return row;
  }

  private async debtOf(tenantId: string, caseId: string, at: Instant): Promise<Debt> {
    const row = await this.caseOf(tenantId, caseId);
    const account = await this.profiles.account(tenantId, row.accountId);
    const zone = account?.zone ?? 'UTC';
    const payables = await this.payables.overdueOf(tenantId, [row.accountId], localDateOf(at, zone));
    const overdue = payables.filter((payable) => owedMinor(payable) > 0);
    const total = totalOwedMinor(overdue, row.currency);
    const { customerName = '', country = '' } = account ?? {};
    return { row, zone, country, customerName, overdue, owedMinor: total };
  }
}

const partsOf = ({ row, overdue }: Debt): DebtPart[] => {
  const planned = row.plan?.state === 'active' ? row.plan.invoiceIds : [];
  return splitDebt(overdue, row.disputes ?? [], planned);
};

/** Nobody is asked for what they dispute, nor for what a plan pays off; the whole, where the ladder has nothing else. */
function chasedOf(debt: Debt): { chased: PayableRow[]; chasedMinor: number } {
  const parts = partsOf(debt).filter(({ chasedMinor }) => chasedMinor > 0);
  return parts.length > 0
    ? { chased: parts.map(({ payable }) => payable), chasedMinor: sumOf(parts, 'chasedMinor') }
    : { chased: debt.overdue, chasedMinor: debt.owedMinor };
}

type Hold = CollectionFacts['hold'];

/** A case on hold by itself and by its account's tag waits for the later end. */
function laterHold(left: Hold, right: Hold): Hold {
  if (!left || !right) return left ?? right;
  if (left.until === null || right.until === null) return left.until === null ? left : right;
  return left.until > right.until ? left : right;
}
