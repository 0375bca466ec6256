import type { Findings } from './findings';
import type { TenantRows } from './tenant-rows';

/** A period's usage is on one live bill; a bill that took another's place has it instead of that one. */
export async function checkSharedPeriods(rows: TenantRows, findings: Findings): Promise<void> {
  const shared = rows.aggregate<{ _id: string; invoices: string[] }>('invoicing', 'invoices', [
    { $match: { live: true, replacedBy: { $exists: false } } },
    { $unwind: '$lines' },
    { $unwind: '$lines.periodIds' },
    { $group: { _id: '$lines.periodIds', invoices: { $addToSet: '$_id' } } },
    { $match: { 'invoices.1': { $exists: true } } },
  ]);
  for await (const { _id, invoices } of shared)
    findings.breach(_id, `is billed by ${invoices.join(' and ')}`);
}
