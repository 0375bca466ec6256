import { Injectable } from '@nestjs/common';
import { ServiceDatabase } from '@tollkeeper/platform';
import { type AttemptRow, Attempts } from '../attempts/attempt.schema';
import { meaningOfReturn } from '../domain/debits/return-codes';
import { overallState } from '../domain/attempts/attempt-states';
import type { RetryRound } from '../domain/dunning/retry-plan';

/** More attempts than any policy makes for the invoices of one case. */
const attemptsRead = 500;

/** What charging has come to for the invoices that a case is about. */
@Injectable()
export class CaseAttempts {
  constructor(private readonly database: ServiceDatabase) {}

  /** Oldest first; all charges of one reason and instant are one round. */
  async rounds(
    tenantId: string,
    { accountId, caseId, invoiceIds }: { accountId: string; caseId: string; invoiceIds: readonly string[] },
  ): Promise<RetryRound[]> {
    const filter = { accountId, purpose: 'invoice', invoiceId: { $in: [...invoiceIds] } };
    const sort = { createdAt: -1 as const, _id: -1 as const };
    const rows = await this.database
      .tenant(tenantId)
      .collection(Attempts)
      .find(filter, { sort, limit: attemptsRead });
    const rounds = new Map<string, AttemptRow[]>();
    for (const row of rows.reverse()) {
      const key = `${row.reason} ${row.createdAt}`;
      rounds.set(key, [...(rounds.get(key) ?? []), row]);
    }
    return [...rounds.values()].map((attempts) => roundOf(attempts, caseId));
  }
}

function roundOf(attempts: AttemptRow[], caseId: string): RetryRound {
  const declined = attempts.filter(({ state, returned }) => state === 'declined' || returned);
  const { declineCode = null, category = null } = declined[0] ? refusalOf(declined[0]) : {};
  const state = declined.length > 0 ? 'declined' : overallState(attempts.map((each) => each.state));
  const reason = attempts[0]?.reason ?? '';
  const ofCase = reason.startsWith(`${caseId}.`) && !reason.startsWith(`${caseId}.pln_`);
  const notBefore = declined
    .flatMap((each) => each.notBefore ?? [])
    .sort()
    .at(-1);
  const at = attempts[0]?.createdAt ?? '';
  return { at, ofCase, state, declineCode, category, ...(notBefore ? { notBefore } : {}) };
}

/** A debit that came back is a decline that took its time. */
const refusalOf = ({ declineCode, category, returned, isFinal }: AttemptRow) =>
  returned
    ? {
        declineCode: returned.code,
        category: returned.byPayer ? 'hard' : meaningOfReturn(returned.code).category,
      }
    : { declineCode, category: isFinal ? 'hard' : category };
