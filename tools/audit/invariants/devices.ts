import { type AuditedPlan, type DeviceLine, openMinorOf, planFaults } from '../device-faults';
import type { Findings } from '../findings';
import type { Ground, Invariant } from '../invariant';
import { collect, inChunks } from '../tenant-rows';

const ROWS_AT_ONCE = 500;

export const devices: Invariant = {
  name: 'devices',
  statement:
    'the schedule is the price; billed + paid off + reduced + open = price; the ledger owes what is open',
  async check(ground, findings) {
    const owed = new Map<string, number>();
    const plans = ground.rows.find<AuditedPlan>('invoicing', 'instalmentPlans');
    for await (const chunk of inChunks(plans, ROWS_AT_ONCE)) {
      findings.look(chunk.length);
      const lines = await linesOf(
        ground,
        chunk.map(({ accountId }) => accountId),
      );
      for (const plan of chunk) {
        const key = `${plan.accountId}/${plan.currency}`;
        owed.set(key, (owed.get(key) ?? 0) + openMinorOf(plan));
        const own = lines.filter(({ planId }) => planId === plan._id);
        for (const fault of planFaults(plan, own)) findings.breach(plan._id, fault);
      }
    }
    await checkLedger(ground, owed, findings);
  },
};

/** Of bills that hold: one that was reissued is another's. */
async function linesOf({ rows }: Ground, accountIds: string[]): Promise<DeviceLine[]> {
  return collect(
    rows.aggregate<DeviceLine>('invoicing', 'invoices', [
      {
        $match: {
          accountId: { $in: accountIds },
          state: { $in: ['finalized', 'cancelled'] },
          replacedBy: { $exists: false },
          devices: { $exists: true },
        },
      },
      { $unwind: '$lines' },
      { $match: { 'lines.device.planId': { $exists: true } } },
      {
        $project: {
          _id: 0,
          invoiceId: '$_id',
          kind: '$lines.kind',
          amountMinor: '$lines.amountMinor',
          planId: '$lines.device.planId',
          no: '$lines.device.no',
          through: '$lines.device.through',
        },
      },
    ]),
  );
}

interface Balance {
  _id: string;
  accountId: string;
  currency: string;
  deviceReceivableMinor?: number;
}

async function checkLedger({ rows }: Ground, owed: Map<string, number>, findings: Findings): Promise<void> {
  const balances = rows.find<Balance>('invoicing', 'customerBalances', {}, [
    ...['accountId', 'currency', 'deviceReceivableMinor'],
  ]);
  for await (const { accountId, currency, deviceReceivableMinor = 0 } of balances) {
    const open = owed.get(`${accountId}/${currency}`) ?? 0;
    findings.breachIf(
      open !== deviceReceivableMinor,
      accountId,
      `owes ${open} ${currency} minor units for devices, its ledger says ${deviceReceivableMinor}`,
    );
  }
}
