import type { StorageRef } from '@tollkeeper/contracts';
import type { Findings } from '../findings';
import type { Ground, Invariant } from '../invariant';
import { byId, collect, inChunks } from '../tenant-rows';

const ROWS_AT_ONCE = 500;
const issued = { state: { $in: ['finalized', 'cancelled'] } };

interface FinalInvoice {
  _id: string;
  revision: number;
  runId: string;
  totalMinor: number;
  openMinor: number;
  pdf: StorageRef | null;
}

export interface PayableAmounts {
  _id: string;
  revision: number;
  totalMinor: number;
  openMinor: number;
}

export const documents: Invariant = {
  name: 'documents',
  statement: 'the PDF of an invoice is there and unchanged; what payments knows of it is the same',
  async check(ground, findings) {
    const { rows, objects } = ground;
    const rendering = await runsThatRender(ground);
    const columns = ['revision', 'runId', 'totalMinor', 'openMinor', 'pdf'];
    const finals = rows.find<FinalInvoice>('invoicing', 'invoices', issued, columns);
    let known = 0;
    for await (const chunk of inChunks(finals, ROWS_AT_ONCE)) {
      const filter = { _id: { $in: chunk.map(({ _id }) => _id) } };
      const payables = byId(await collect(rows.find<PayableAmounts>('payments', 'payables', filter)));
      known += payables.size;
      for (const invoice of chunk) {
        findings.look();
        comparePayable(invoice, payables.get(invoice._id) ?? null, findings);
        const fault = invoice.pdf && (await objects.faultOf(invoice.pdf));
        if (fault) findings.breach(invoice._id, fault);
        if (invoice.pdf) findings.count('PDFs');
        else if (rendering.has(invoice.runId)) findings.wait(invoice._id, 'has no PDF yet');
        else findings.breach(invoice._id, 'has no PDF, and its run is delivered');
      }
    }
    if ((await rows.count('payments', 'payables')) !== known) await findOrphans(ground, findings);
  },
};

/** A copy with a lower revision is on its way; with the same one it has to be the same. */
export function comparePayable(
  { _id, revision, totalMinor, openMinor }: Omit<FinalInvoice, 'pdf' | 'runId'>,
  payable: PayableAmounts | null,
  findings: Findings,
): void {
  if (!payable) {
    // Nobody has to pay 0: payments is not told.
    if (totalMinor > 0) findings.wait(_id, 'payments has not heard of it');
    return;
  }
  if (payable.revision < revision)
    findings.wait(_id, `payments knows revision ${payable.revision} of ${revision}`);
  else if (
    payable.revision > revision ||
    payable.openMinor !== openMinor ||
    payable.totalMinor !== totalMinor
  )
    findings.breach(
      _id,
      `${openMinor} of ${totalMinor} open (revision ${revision}); payments says ${payable.openMinor} of ${payable.totalMinor} (revision ${payable.revision})`,
    );
}

async function runsThatRender({ rows }: Ground): Promise<Set<string>> {
  const filter = { state: { $in: ['finalizing', 'delivering', 'lateUsage'] } };
  return new Set(
    (await collect(rows.find<{ _id: string }>('invoicing', 'billRuns', filter, ['_id']))).map(
      ({ _id }) => _id,
    ),
  );
}

async function findOrphans({ rows }: Ground, findings: Findings): Promise<void> {
  const payables = rows.find<{ _id: string }>('payments', 'payables', {}, ['_id']);
  for await (const chunk of inChunks(payables, ROWS_AT_ONCE)) {
    const filter = { _id: { $in: chunk.map(({ _id }) => _id) }, ...issued };
    const found = byId(await collect(rows.find<{ _id: string }>('invoicing', 'invoices', filter, ['_id'])));
    for (const { _id } of chunk)
      findings.breachIf(!found.has(_id), _id, 'is payable and no finalized invoice');
  }
}
