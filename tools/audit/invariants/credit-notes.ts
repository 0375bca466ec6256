import { type CreditedBill, creditFaults, type CreditNote } from '../credit-faults';
import type { Findings } from '../findings';
import { givenBackFaults, type GivingBill } from '../given-back-faults';
import type { Ground, Invariant } from '../invariant';
import { byId, collect, inChunks } from '../tenant-rows';

const ROWS_AT_ONCE = 500;
const ACCOUNTS_AT_ONCE = 100;

export const creditNotes: Invariant = {
  name: 'credit notes',
  statement:
    'credited + left = billed for each line and tax; with what later bills gave back it is at most the line; each is posted once for its total; a cancelled bill has nothing left',
  async check(ground, findings) {
    const { rows } = ground;
    for await (const chunk of inChunks(rows.find<CreditNote>('invoicing', 'creditNotes'), ROWS_AT_ONCE)) {
      findings.look(chunk.length);
      for (const { kind } of chunk) findings.count(kind);
      await checkPosted(ground, chunk, findings);
    }
    const touched = { $or: [{ state: 'cancelled' }, { 'credited.0': { $exists: true } }] };
    const columns = ['state', 'totalMinor', 'lines', 'taxes', 'credited'];
    const bills = rows.find<CreditedBill>('invoicing', 'invoices', touched, columns);
    for await (const chunk of inChunks(bills, ROWS_AT_ONCE)) {
      const filter = { invoiceId: { $in: chunk.map(({ _id }) => _id) } };
      const notes = await collect(rows.find<CreditNote>('invoicing', 'creditNotes', filter));
      for (const bill of chunk)
        for (const fault of creditFaults(
          bill,
          notes.filter(({ invoiceId }) => invoiceId === bill._id),
        ))
          findings.breach(bill._id, fault);
    }
    await checkGivenBack(ground, findings);
  },
};

/** Account by account, of those whose bills give something back. */
async function checkGivenBack({ rows }: Ground, findings: Findings): Promise<void> {
  const giving = rows.aggregate<{ _id: string }>('invoicing', 'invoices', [
    { $match: { live: true, state: { $in: ['finalized', 'cancelled'] }, 'lines.chargeKey': /\/givenBack$/ } },
    { $group: { _id: '$accountId' } },
  ]);
  const fields = ['accountId', 'draftedAt', 'replaces', 'replacedBy', 'credited', 'lines'];
  for await (const chunk of inChunks(giving, ACCOUNTS_AT_ONCE)) {
    const filter = {
      accountId: { $in: chunk.map(({ _id }) => _id) },
      state: { $in: ['finalized', 'cancelled'] },
    };
    const bills = await collect(rows.find<GivingBill>('invoicing', 'invoices', filter, fields));
    for (const { _id } of chunk) {
      findings.look();
      const faults = givenBackFaults(bills.filter(({ accountId }) => accountId === _id));
      for (const { invoiceId, what } of faults) findings.breach(invoiceId, what);
    }
  }
}

async function checkPosted(
  { rows, tenantId }: Ground,
  notes: readonly CreditNote[],
  findings: Findings,
): Promise<void> {
  const idOf = ({ _id, kind }: CreditNote) =>
    `${tenantId}/${_id}/${kind === 'exGratia' ? 'exGratiaCredit' : 'creditNote'}`;
  const filter = { _id: { $in: notes.map(idOf) } };
  const posted = byId(
    await collect(
      rows.find<{ _id: string; lines: { account: string; amountMinor: number }[] }>(
        'invoicing',
        'postings',
        filter,
        ['lines'],
      ),
    ),
  );
  for (const note of notes) {
    const account = note.kind === 'exGratia' ? 'customerCredit' : 'receivable';
    const lines = posted.get(idOf(note))?.lines ?? [];
    const minor = lines
      .filter((line) => line.account === account)
      .reduce((sum, line) => sum - line.amountMinor, 0);
    const { offInstalmentsMinor = 0, accountCreditMinor = 0 } = note.device ?? {};
    const wanted = note.totalMinor - offInstalmentsMinor - accountCreditMinor;
    findings.breachIf(minor !== wanted, note._id, `credits ${wanted} of what is owed, its posting ${minor}`);
  }
}
