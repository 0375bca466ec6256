import {
  billPreview as definition,
  type BillPreviewInput,
  previewResult,
  type PreviewResult,
} from '@tollkeeper/contracts';
import { invoicing, invoicingBulk, ratingBulk } from './services';
import { show } from './show';
import { keepTime, now } from './until';

/** A dry run: rating and invoicing do what they would do for real and leave no row behind. */
export async function billPreview(input: BillPreviewInput): Promise<PreviewResult> {
  return keepTime(input, definition.rank, async () => {
    const { tenantId, previewId, cycleId, cutOffOn, accountIds, onDemand } = input;
    const asked = onDemand ? { onDemand } : {};
    const result: PreviewResult = {
      done: false,
      totalMinor: 0,
      currency: '',
      invoices: 0,
      failed: 0,
      bills: [],
    };
    show(previewResult, () => result);
    const opened = await invoicing.openPreview({
      tenantId,
      previewId,
      cycleId,
      cutOffOn,
      accountIds,
      at: now(),
      ...asked,
    });
    for (const batch of opened.batches) {
      const { totals } = await ratingBulk.closePeriod({
        tenantId,
        runId: previewId,
        batchNo: batch.batchNo,
        accountIds: onDemand === 'oneOff' ? [] : batch.accountIds,
        cutOffAt: opened.cutOffAt,
        preview: true,
        ...(onDemand ? { onDemand: true as const } : {}),
      });
      const preview = {
        tenantId,
        previewId,
        cycleId,
        cutOffOn,
        accountIds: batch.accountIds,
        totals,
        at: now(),
        ...asked,
      };
      const { bills, totalMinor, invoices, failed } = await invoicingBulk.previewBatch(preview);
      result.bills.push(bills);
      result.totalMinor += totalMinor;
      result.invoices += invoices;
      result.failed += failed;
    }
    return Object.assign(result, { done: true, currency: opened.currency });
  });
}
