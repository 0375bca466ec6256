import { type ChargedBill, chargeFaults } from '../bill-charges';
import type { Findings } from '../findings';
import type { Ground, Invariant } from '../invariant';
import { byId, collect, inChunks } from '../tenant-rows';

const ROWS_AT_ONCE = 500;

interface OneOffRow {
  _id: string;
  state: 'placed' | 'billed' | 'cancelled';
  billedBy: { invoiceId: string } | null;
}

export const charges: Invariant = {
  name: 'charges',
  statement:
    'lines + discounts + recovery fees + tax = total; what is charged once is on one live bill; uses of a promotion are the bills that name it; both divisions of a bundle add up',
  async check(ground, findings) {
    await checkBills(ground, findings);
    await checkOnce(ground, findings);
    await checkPlaced(ground, findings);
  },
};

async function checkBills({ rows }: Ground, findings: Findings): Promise<void> {
  const columns = [
    ...['netMinor', 'taxMinor', 'totalMinor', 'onceKeys', 'lines', 'discounts', 'taxes', 'recoveryFees'],
    'replacedBy',
  ];
  for await (const bill of rows.find<ChargedBill>('invoicing', 'invoices', {}, columns)) {
    findings.look();
    findings.count('promotions', bill.discounts?.length ?? 0);
    for (const fault of chargeFaults(bill)) findings.breach(bill._id, fault);
  }
}

async function checkOnce({ rows }: Ground, findings: Findings): Promise<void> {
  const twice = rows.aggregate<{ _id: string; invoices: string[] }>('invoicing', 'invoices', [
    { $match: { live: true, 'onceKeys.0': { $exists: true } } },
    { $unwind: '$onceKeys' },
    { $group: { _id: '$onceKeys', invoices: { $push: '$_id' } } },
    { $match: { 'invoices.1': { $exists: true } } },
  ]);
  for await (const { _id, invoices } of twice)
    findings.breach(_id, `is charged by ${invoices.join(' and ')}`);
}

/** What a final bill has is billed by it, and nothing else is. */
async function checkPlaced({ rows }: Ground, findings: Findings): Promise<void> {
  const placed = rows.find<OneOffRow>('invoicing', 'oneOffCharges', {}, ['state', 'billedBy']);
  for await (const chunk of inChunks(placed, ROWS_AT_ONCE)) {
    findings.count('one-off charges', chunk.length);
    const filter = {
      onceKeys: { $in: chunk.map(({ _id }) => `placed/${_id}`) },
      live: true,
      state: { $in: ['finalized', 'cancelled'] },
    };
    const bills = await collect(
      rows.find<{ _id: string; onceKeys: string[] }>('invoicing', 'invoices', filter, ['onceKeys']),
    );
    const known = byId(chunk);
    const billed = new Map<string, string>();
    for (const { _id, onceKeys } of bills)
      for (const key of onceKeys)
        if (known.has(key.slice('placed/'.length))) billed.set(key.slice('placed/'.length), _id);
    for (const { _id, state, billedBy } of chunk) {
      const bill = billed.get(_id) ?? null;
      findings.breachIf(
        (billedBy?.invoiceId ?? null) !== bill || (state === 'billed') !== (bill !== null),
        _id,
        `is ${state}, billed by ${billedBy?.invoiceId ?? 'none'}; on final bill ${bill ?? 'none'}`,
      );
    }
  }
}
