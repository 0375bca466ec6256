import type { LocalDate } from '@tollkeeper/calendar';
import type { StorageRef } from './handover';
import type { OnDemandBill } from './invoicing.contract';
import { defineProcess, defineProgress, type ProcessInput } from './process';

/** A dry run of a cycle, or of some of its accounts: the same numbers as the real one, nothing written. */
export interface BillPreviewInput extends ProcessInput {
  previewId: string;
  cycleId: string;
  cutOffOn: LocalDate;
  /** `null`: the cycle's accounts, as many as a preview takes. */
  accountIds: string[] | null;
  /** A bill on demand, made now. Left out: that of the cut-off. */
  onDemand?: OnDemandBill['purpose'];
}

export interface PreviewResult {
  done: boolean;
  totalMinor: number;
  currency: string;
  invoices: number;
  /** Accounts whose bill could not be built; their causes lie in `bills`. */
  failed: number;
  /** One bill (or its cause) a line, in the order of the batches; invoicing reads them. */
  bills: StorageRef[];
}

export const billPreview = defineProcess<BillPreviewInput>({
  workflow: 'billPreview',
  reuse: 'once',
  rank: 'bill-run',
  id: ({ tenantId, previewId }) => `bill-preview/${tenantId}/${previewId}`,
});

export const previewResult = defineProgress<PreviewResult>('previewResult');
