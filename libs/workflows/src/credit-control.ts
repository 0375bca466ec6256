import type { Instant } from '@tollkeeper/calendar';
import {
  creditChanged,
  creditControl as definition,
  type DepositMatter,
  type ProcessInput,
} from '@tollkeeper/contracts';
import { historyIsLong } from './history-length';
import { credit, invoicing, payments, paymentsBulk } from './services';
import { carryOn } from './show';
import { carriedTime, keepTime, now, onSignal, until } from './until';

const accountsPerRound = 50;
/** 200 rounds of 50 accounts before the next look at the clock. */
const roundsPerWake = 200;

type GiveBack = Extract<DepositMatter, { kind: 'giveBack' }>;

const reasons: Record<GiveBack['cause'], string> = {
  goodPayment: 'deposit given back after good payment',
  ended: 'deposit given back at the end',
  orderUndone: 'deposit that is no longer asked for',
};

/**
 * Looks at accounts whose usage, balance, class or services changed, or whose date has come, and carries out what is
 * due about their deposits. Ends when nothing is awaited.
 */
export async function creditControl(input: ProcessInput): Promise<void> {
  const { tenantId } = input;
  let news = 0;
  let heard = 0;
  await keepTime(input, definition.rank, async () => {
    onSignal(creditChanged, () => void news++);
    while (!historyIsLong()) {
      heard = news;
      const nextAt = await workedOff();
      if (nextAt === null && news === heard) return;
      await until(nextAt, () => news > heard);
    }
    await carryOn<typeof creditControl>({ tenantId, ...carriedTime() });
  });
  // Changed while this said goodbye: whoever changed it found this one open and started no other.
  if (news > heard) await carryOn<typeof creditControl>({ tenantId, ...carriedTime() });

  async function workedOff(): Promise<Instant | null> {
    for (let rounds = 1; ; rounds++) {
      const { matters, more, nextAt } = await credit.workCredit({
        ...{ tenantId, at: now() },
        limit: accountsPerRound,
      });
      for (const matter of matters) await settle(matter);
      const settled = matters.length > 0;
      if ((!more && !settled) || rounds === roundsPerWake) return nextAt;
    }
  }

  async function settle(matter: DepositMatter): Promise<void> {
    if (matter.kind === 'giveBack') return giveBack(matter);
    const { accountId, key, attempt, amountMinor, currency } = matter;
    const at = now();
    const charge = { tenantId, accountId, key, attempt, amountMinor, currency, at };
    const { state, paymentId } = await paymentsBulk.chargeDeposit(charge);
    await credit.recordDeposit({ tenantId, accountId, key, attempt, state, paymentId, at });
  }

  async function giveBack({ accountId, key, cause, amountMinor, since, endedAt }: GiveBack): Promise<void> {
    const at = now();
    const record = { tenantId, accountId, key, lookAgainAt: null, appliedMinor: 0, refundedMinor: 0, at };
    if (cause === 'goodPayment') {
      const { lateAt } = await payments.lateSince({ tenantId, accountId, since, at });
      if (lateAt !== null)
        return credit.recordDepositReturn({ ...record, outcome: 'lateSince', lookAgainAt: lateAt });
    }
    let applied = { appliedMinor: 0, leftMinor: amountMinor };
    if (cause === 'ended') {
      const { lookAgainAt } = await invoicing.finalBillOf({
        ...{ tenantId, accountId, at },
        endedAt: endedAt ?? at,
      });
      if (lookAgainAt !== null)
        return credit.recordDepositReturn({ ...record, outcome: 'later', lookAgainAt });
      applied = await invoicing.applyDeposit({ tenantId, accountId, key, upToMinor: amountMinor, at });
    }
    const { appliedMinor, leftMinor } = applied;
    if (leftMinor > 0) {
      const wanted = { tenantId, accountId, key, amountMinor: leftMinor, reason: reasons[cause], at };
      await payments.refundDeposit(wanted);
    }
    const given = { outcome: 'given' as const, appliedMinor, refundedMinor: leftMinor };
    await credit.recordDepositReturn({ ...record, ...given });
  }
}
