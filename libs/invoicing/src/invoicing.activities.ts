import { Injectable } from '@nestjs/common';
import type {
  FactBatch,
  InvoicingActivities as Short,
  InvoicingBulkActivities as Bulk,
  ReceivePublicationInput,
} from '@tollkeeper/contracts';
import { pendingOutbox, ServiceDatabase } from '@tollkeeper/platform';
import { BillRunService } from './runs/bill-run.service';
import { ClosingService } from './runs/closing.service';
import { CopyService } from './copies/copy.service';
import { DocumentService } from './corrections/document.service';
import { CycleService } from './cycles/cycle.service';
import { DeliveryService } from './invoices/delivery.service';
import { DraftService } from './runs/draft.service';
import { FinalizationService } from './invoices/finalization.service';
import { OpeningService } from './runs/opening.service';
import { PreviewService } from './previews/preview.service';

/** What one activity takes. */
type Input<Activities, Name extends keyof Activities> = Activities[Name] extends (
  input: infer Given,
) => unknown
  ? Given
  : never;

@Injectable()
export class InvoicingActivities implements Short, Bulk {
  constructor(
    private readonly db: ServiceDatabase,
    private readonly cycles: CycleService,
    private readonly runs: BillRunService,
    private readonly opening: OpeningService,
    private readonly drafts: DraftService,
    private readonly finalization: FinalizationService,
    private readonly delivery: DeliveryService,
    private readonly closing: ClosingService,
    private readonly previews: PreviewService,
    private readonly copies: CopyService,
    private readonly documents: DocumentService,
  ) {}

  async nextCutOffs(input: Input<Short, 'nextCutOffs'>) {
    return this.cycles.nextCutOffs(input);
  }

  async recordSteering(input: Input<Short, 'recordSteering'>) {
    return this.cycles.recordSteering(input);
  }

  async openRun(input: Input<Short, 'openRun'>) {
    return this.opening.open(input);
  }

  async loadBatch({ tenantId, runId, batchNo }: Input<Short, 'loadBatch'>) {
    return this.runs.loadBatch(tenantId, runId, batchNo);
  }

  async moveRun(input: Input<Short, 'moveRun'>) {
    return this.runs.move(input);
  }

  async reviewRun(input: Input<Short, 'reviewRun'>) {
    return this.runs.review(input);
  }

  async skipAccount(input: Input<Short, 'skipAccount'>) {
    return this.runs.skip(input);
  }

  async voidDrafts({ tenantId, runId }: Input<Short, 'voidDrafts'>) {
    return this.runs.voidDrafts(tenantId, runId);
  }

  async openRetryBatch(input: Input<Short, 'openRetryBatch'>) {
    return this.opening.openRetryBatch(input);
  }

  async closeRun(input: Input<Short, 'closeRun'>) {
    return this.closing.closeRun(input);
  }

  async draftBatch(input: Input<Bulk, 'draftBatch'>) {
    return this.drafts.draftBatch(input);
  }

  async finalizeBatch(input: Input<Bulk, 'finalizeBatch'>) {
    return this.finalization.finalizeBatch(input);
  }

  async renderBatch(input: Input<Bulk, 'renderBatch'>) {
    return this.delivery.renderBatch(input);
  }

  async openPreview(input: Input<Short, 'openPreview'>) {
    return this.previews.open(input);
  }

  async previewBatch(input: Input<Bulk, 'previewBatch'>) {
    return this.previews.previewBatch(input);
  }

  async receiveTenantChanged(batch: FactBatch<'tenantChanged'>) {
    return this.copies.receiveTenants(batch);
  }

  async receiveAccountChanged(batch: FactBatch<'accountChanged'>) {
    return this.copies.receiveAccounts(batch);
  }

  async receivePublication(input: ReceivePublicationInput) {
    return this.copies.receivePublication(input);
  }

  async receiveVersionWithdrawn(batch: FactBatch<'versionWithdrawn'>) {
    return this.copies.withdrawVersions(batch);
  }

  async receivePriceOverrideChanged(batch: FactBatch<'priceOverrideChanged'>) {
    return this.copies.receiveOverrides(batch);
  }

  async receiveAccountDiscountChanged(batch: FactBatch<'accountDiscountChanged'>) {
    return this.copies.receiveDiscounts(batch);
  }

  async receiveDocumentIssued(batch: FactBatch<'documentIssued'>) {
    return this.documents.receiveIssued(batch);
  }

  async pendingWork({ tenantId }: { tenantId: string }) {
    return pendingOutbox(this.db, tenantId);
  }
}
