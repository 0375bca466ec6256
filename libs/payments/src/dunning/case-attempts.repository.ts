import { Injectable } from '@nestjs/common';
import { ServiceDatabase } from '@tollkeeper/platform';
import { type AttemptRow, Attempts } from '../attempts/attempt.schema';
import { meaningOfReturn } from '../domain/debits/return-codes';
import { overallState } from '../domain/attempts/attempt-states';
import type { RetryRound } from '../domain/dunning/retry-plan';

/** More rounds than any policy makes for the invoices of one case. */
const roundsRead = 500;

interface ToldRound {
  _id: { reason: string; createdAt: string };
  states: AttemptRow['state'][];
  /** Of the first that was refused, if any was. */
  isRefused: boolean;
  refusal: Pick<AttemptRow, 'declineCode' | 'category' | 'returned' | 'isFinal'>;
  /** The latest of those that were refused. */
  notBefore: AttemptRow['notBefore'] | null;
}

/** What charging has come to for the invoices that a case is about. */
@Injectable()
export class CaseAttempts {
  constructor(private readonly database: ServiceDatabase) {}

  /** Oldest first; all charges of one reason and instant are one round, be it over hundreds of invoices. */
  async rounds(
    tenantId: string,
    { accountId, caseId, invoiceIds }: { accountId: string; caseId: string; invoiceIds: readonly string[] },
  ): Promise<RetryRound[]> {
    const filter = { accountId, purpose: 'invoice', invoiceId: { $in: [...invoiceIds] } };
    const returned = { $eq: [{ $type: '$returned' }, 'object'] };
    const rounds = await this.database
      .tenant(tenantId)
      .collection(Attempts)
      .aggregate<ToldRound>([
        { $match: filter },
        { $set: { isRefused: { $or: [{ $eq: ['$state', 'declined'] }, returned] } } },
        { $sort: { createdAt: 1, isRefused: -1, _id: 1 } },
        {
          $group: {
            _id: { reason: '$reason', createdAt: '$createdAt' },
            states: { $addToSet: '$state' },
            isRefused: { $first: '$isRefused' },
            refusal: {
              $first: {
                declineCode: '$declineCode',
                category: '$category',
                returned: '$returned',
                isFinal: '$isFinal',
              },
            },
            notBefore: { $max: { $cond: ['$isRefused', '$notBefore', null] } },
            firstId: { $min: '$_id' },
          },
        },
        { $sort: { '_id.createdAt': -1, firstId: -1 } },
        { $limit: roundsRead },
      ]);
    return rounds.reverse().map((round) => roundOf(round, caseId));
  }
}

function roundOf(round: ToldRound, caseId: string): RetryRound {
  const { _id, states, isRefused, refusal } = round;
  const { reason, createdAt: at } = _id;
  const { declineCode = null, category = null } = isRefused ? refusalOf(refusal) : {};
  const state = isRefused ? 'declined' : overallState(states);
  const ofCase = reason.startsWith(`${caseId}.`) && !reason.startsWith(`${caseId}.pln_`);
  const notBefore = isRefused ? round.notBefore : null;
  return { at, ofCase, state, declineCode, category, ...(notBefore ? { notBefore } : {}) };
}

/** A debit that came back is a decline that took its time. */
const refusalOf = ({ declineCode, category, returned, isFinal }: ToldRound['refusal']) =>
  returned
    ? {
        declineCode: returned.code,
        category: returned.byPayer ? 'hard' : meaningOfReturn(returned.code).category,
      }
    : { declineCode, category: isFinal ? 'hard' : category };
