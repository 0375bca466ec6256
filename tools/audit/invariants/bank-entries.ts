import type { Findings } from '../findings';
import type { Ground, Invariant } from '../invariant';
import { collect, inChunks, type TenantRows } from '../tenant-rows';

const ROWS_AT_ONCE = 500;

export interface BankEntryRow {
  _id: string;
  direction: 'in' | 'out';
  state: 'received' | 'booked' | 'unmatched' | 'settled' | 'reversed';
  matchedBy?: string | null;
  amountMinor: number;
  currency: string;
  parts: { paymentId: string; amountMinor: number; undoneAt?: string | null }[];
  settlement?: { amountMinor: number } | null;
}

interface EntryPayment {
  _id: string;
  amountMinor: number;
  currency: string;
  state?: string;
}

export const bankEntries: Invariant = {
  name: 'bank entries',
  statement:
    'each amount of a bank statement is payments of accounts, or settled, or in suspense; suspense holds just that; what was undone is no payment any more',
  async check(ground, findings) {
    await checkEntries(ground, findings);
    await checkSuspense(ground, findings);
  },
};

async function checkEntries({ rows }: Ground, findings: Findings): Promise<void> {
  for await (const chunk of inChunks(rows.find<BankEntryRow>('payments', 'bankEntries'), ROWS_AT_ONCE)) {
    const payments = await paymentsOf(rows, chunk);
    for (const entry of chunk) {
      findings.look();
      findings.count(`${entry.direction} ${entry.state}`);
      const fault = entryFault(entry, payments.get(entry._id) ?? []);
      if (fault) findings.breach(entry._id, fault);
    }
  }
}

async function paymentsOf(rows: TenantRows, entries: BankEntryRow[]): Promise<Map<string, EntryPayment[]>> {
  const bankEntryId = { $in: entries.map(({ _id }) => _id) };
  const found = await collect(
    rows.find<EntryPayment & { bankEntryId: string }>('payments', 'payments', { bankEntryId }),
  );
  const byEntry = new Map<string, EntryPayment[]>();
  for (const payment of found)
    byEntry.set(payment.bankEntryId, [...(byEntry.get(payment.bankEntryId) ?? []), payment]);
  return byEntry;
}

const sumOf = (all: readonly { amountMinor: number }[]): number =>
  all.reduce((sum, { amountMinor }) => sum + amountMinor, 0);

/** Booked, an entry is its payments and what was settled of it; before, it is none; undone, some or none. */
export function entryFault(entry: BankEntryRow, payments: readonly EntryPayment[]): string | null {
  const { direction, state, amountMinor, parts, settlement, matchedBy } = entry;
  const undone = parts.filter(({ undoneAt }) => undoneAt);
  const settled = settlement?.amountMinor ?? 0;
  const [come, told] = [sumOf(payments), sumOf(parts)];
  if (come !== told) return `says that ${told} are payments, they are ${come}`;
  const paid = come - sumOf(undone);
  if (payments.some(({ currency }) => currency !== entry.currency)) return 'has payments in another currency';
  if (new Set(parts.map(({ paymentId }) => paymentId)).size !== payments.length)
    return `names ${parts.length} payments, ${payments.length} name it`;
  const undoneIds = new Set(undone.map(({ paymentId }) => paymentId));
  const torn = payments.find(({ _id, state: stands }) => (stands === 'undone') !== undoneIds.has(_id));
  if (torn) return `and its payment ${torn._id} do not agree on whether it was undone`;
  const mayBePart = state === 'unmatched' && undone.length > 0 && paid + settled < amountMinor;
  if ((state === 'received' || state === 'unmatched') && !mayBePart)
    return paid + settled === 0 ? null : `is ${state}, and ${paid + settled} of it went somewhere`;
  if (mayBePart) return null;
  // What was taken back out of suspense was nobody's; what takes it back is no money of its own.
  if (state === 'reversed' && (paid + settled === 0 || undone.length > 0)) return null;
  if (matchedBy === 'reversal')
    return paid + settled === 0 ? null : 'takes another back and is money besides';
  if (direction === 'out' && paid > 0) return 'went out, and pays for an account';
  return paid + settled === amountMinor
    ? null
    : `is ${amountMinor}, only ${paid + settled} of it went somewhere`;
}

const settledOf = { $ifNull: ['$settlement.amountMinor', 0] };
/** Of the parts, those that were not undone. */
const standingOf = {
  $sum: {
    $map: {
      input: { $ifNull: ['$parts', []] },
      in: { $cond: [{ $ifNull: ['$$this.undoneAt', false] }, 0, '$$this.amountMinor'] },
    },
  },
};

/** Unmatched money in, less unmatched money out, is what the ledger account holds. */
async function checkSuspense({ rows }: Ground, findings: Findings): Promise<void> {
  const held = rows.aggregate<{ _id: string; minor: number }>('invoicing', 'postings', [
    { $unwind: '$lines' },
    { $match: { 'lines.account': 'suspense' } },
    { $group: { _id: '$lines.currency', minor: { $sum: { $multiply: ['$lines.amountMinor', -1] } } } },
  ]);
  const unmatched = rows.aggregate<{ _id: string; minor: number }>('payments', 'bankEntries', [
    { $match: { state: 'unmatched' } },
    { $set: { held: { $subtract: ['$amountMinor', { $add: [settledOf, standingOf] }] } } },
    {
      $group: {
        _id: '$currency',
        minor: { $sum: { $cond: [{ $eq: ['$direction', 'in'] }, '$held', { $multiply: ['$held', -1] }] } },
      },
    },
  ]);
  const books = new Map((await collect(held)).map(({ _id, minor }) => [_id, Number(minor)]));
  const entries = new Map((await collect(unmatched)).map(({ _id, minor }) => [_id, Number(minor)]));
  for (const currency of new Set([...books.keys(), ...entries.keys()])) {
    const [inBooks, inEntries] = [books.get(currency) ?? 0, entries.get(currency) ?? 0];
    if (inBooks === inEntries) continue;
    const what = `suspense holds ${inBooks}, the unmatched entries are ${inEntries}`;
    findings.wait(`suspense ${currency}`, what);
  }
}
