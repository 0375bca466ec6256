import type { LocalDate } from '@tollkeeper/calendar';
import type { StorageRef } from '@tollkeeper/contracts';
import { earnedThrough, reversedOf, type ScheduleRow } from '../earned-by-days';
import type { Findings } from '../findings';
import type { Ground, Invariant } from '../invariant';

interface BooksState {
  closedThrough: LocalDate | null;
  postedThrough: LocalDate | null;
}

interface JournalDay {
  _id: string;
  on: LocalDate;
  files: Record<string, StorageRef>;
}

const liabilities = ['deferredRevenue', 'contractLiability:prepaidPeriod'];
const zero = { $literal: 0 };

export const books: Invariant = {
  name: 'books',
  statement:
    'schedules earn no more than their total, what they have not earned is what lies deferred, the journal of a closed day is its postings',
  async check(ground, findings) {
    let state: BooksState = { closedThrough: null, postedThrough: null };
    for await (const row of ground.rows.find<BooksState>('invoicing', 'books')) state = row;
    await checkSchedules(ground, state, findings);
    await checkJournal(ground, state, findings);
  },
};

async function checkSchedules(
  { rows }: Ground,
  { closedThrough, postedThrough }: BooksState,
  findings: Findings,
): Promise<void> {
  const deferred = new Map<string, number>();
  const scheduled = new Set<string>();
  for await (const row of rows.find<ScheduleRow>('invoicing', 'revenueSchedules')) {
    findings.look();
    if (row.paymentId) scheduled.add(row.paymentId);
    const earned = postedThrough === null ? 0 : earnedThrough(row, postedThrough);
    const sign = Math.sign(row.totalMinor);
    if (sign * earned > sign * row.totalMinor)
      findings.breach(row._id, `has earned ${earned} of ${row.totalMinor}`);
    const key = `${row.liability} ${row.currency}`;
    deferred.set(key, (deferred.get(key) ?? 0) + row.totalMinor - reversedOf(row) - earned);
  }
  const booked = rows.aggregate<{
    _id: { account: string; currency: string; paymentId: string | null };
    minor: number;
  }>('invoicing', 'postings', [
    { $match: { 'lines.account': { $in: liabilities } } },
    { $unwind: '$lines' },
    { $match: { 'lines.account': { $in: liabilities } } },
    {
      $group: {
        _id: { account: '$lines.account', currency: '$lines.currency', paymentId: '$paymentId' },
        minor: { $sum: '$lines.amountMinor' },
      },
    },
  ]);
  const difference = new Map([...deferred]);
  for await (const { _id, minor } of booked) {
    // A renewal that was paid without saying its days stays a liability: nothing says when it is earned.
    if (_id.paymentId && !scheduled.has(_id.paymentId)) {
      findings.count('renewals without days', minor < 0 ? 1 : 0);
      continue;
    }
    const key = `${_id.account} ${_id.currency}`;
    difference.set(key, (difference.get(key) ?? 0) + minor);
  }
  for (const [key, minor] of difference) {
    if (minor === 0) continue;
    const what = `the schedules have ${deferred.get(key) ?? 0} still to earn, ${minor} more than the books hold`;
    // While days are being closed, what they earned is posted before they count as closed.
    if (closedThrough !== postedThrough) findings.wait(key, what);
    else findings.breach(key, what);
  }
}

async function checkJournal(
  { rows, objects }: Ground,
  { postedThrough }: BooksState,
  findings: Findings,
): Promise<void> {
  if (postedThrough === null) return;
  const closed = { $match: { on: { $lte: postedThrough } } };
  for await (const { on, files } of rows.find<JournalDay>('invoicing', 'journalDays', closed.$match)) {
    findings.count('closed days');
    for (const file of Object.values(files)) {
      const fault = await objects.faultOf(file);
      if (fault) findings.breach(`journal ${on}`, fault);
    }
  }
  const isDebit = { $gt: ['$lines.amountMinor', 0] };
  const differences = rows.aggregate<{
    _id: { on: string; account: string; currency: string };
    debit: number;
    credit: number;
  }>('invoicing', 'postings', [
    closed,
    { $unwind: '$lines' },
    {
      $project: {
        on: 1,
        account: '$lines.account',
        currency: '$lines.currency',
        debit: { $cond: [isDebit, '$lines.amountMinor', zero] },
        credit: { $cond: [isDebit, zero, { $multiply: ['$lines.amountMinor', -1] }] },
      },
    },
    rows.union('journalDays', [
      closed,
      { $unwind: '$totals' },
      {
        $project: {
          on: 1,
          account: '$totals.account',
          currency: '$totals.currency',
          debit: { $multiply: ['$totals.debitMinor', -1] },
          credit: { $multiply: ['$totals.creditMinor', -1] },
        },
      },
    ]),
    {
      $group: {
        _id: { on: '$on', account: '$account', currency: '$currency' },
        debit: { $sum: '$debit' },
        credit: { $sum: '$credit' },
      },
    },
    { $match: { $or: [{ debit: { $ne: 0 } }, { credit: { $ne: 0 } }] } },
  ]);
  for await (const { _id, debit, credit } of differences)
    findings.breach(
      `journal ${_id.on}`,
      `${_id.account} has ${debit} debits and ${credit} credits ${_id.currency} more in the postings than were handed over`,
    );
}
