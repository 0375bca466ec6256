import { type TaxedBill, taxFaults } from '../bill-taxes';
import type { Findings } from '../findings';
import type { Ground, Invariant } from '../invariant';

export const taxes: Invariant = {
  name: 'taxes',
  statement:
    'each tax of a bill is the sum of its parts and its base x rate, and names its law; a fee per line is on one live bill for each line and month',
  async check(ground, findings) {
    await checkBills(ground, findings);
    await checkFees(ground, findings);
  },
};

async function checkBills({ rows }: Ground, findings: Findings): Promise<void> {
  const columns = ['lines', 'taxes', 'recoveryFees', 'feeKeys', 'replacedBy'];
  for await (const bill of rows.find<TaxedBill>('invoicing', 'invoices', { live: true }, columns)) {
    findings.look();
    findings.count('taxes', bill.taxes.length + (bill.recoveryFees?.length ?? 0));
    for (const fault of taxFaults(bill)) findings.breach(bill._id, fault);
  }
}

async function checkFees({ rows }: Ground, findings: Findings): Promise<void> {
  const twice = rows.aggregate<{ _id: string; invoices: string[] }>('invoicing', 'invoices', [
    { $match: { live: true, 'feeKeys.0': { $exists: true } } },
    { $unwind: '$feeKeys' },
    { $group: { _id: '$feeKeys', invoices: { $push: '$_id' } } },
    { $match: { 'invoices.1': { $exists: true } } },
  ]);
  for await (const { _id, invoices } of twice)
    findings.breach(_id, `is charged by ${invoices.join(' and ')}`);
}
