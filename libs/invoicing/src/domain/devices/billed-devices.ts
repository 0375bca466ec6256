import type { LocalDate } from '@tollkeeper/calendar';
import type { BillLine } from '../bill';
import { instalmentNos } from './device-lines';
import { type InstalmentPlan, sumLeft } from './instalment-plan';

interface DeviceBill {
  _id: string;
  periodTo: LocalDate;
  lines: readonly BillLine[];
}

export const planIdsOf = ({ lines }: Pick<DeviceBill, 'lines'>): string[] => [
  ...new Set(lines.flatMap(({ device }) => device?.planId ?? [])),
];

const linesOf = ({ lines }: Pick<DeviceBill, 'lines'>, planId: string): BillLine[] =>
  lines.filter(({ device }) => device?.planId === planId);

/** The plan with what a final bill asks for. */
export function billedOnto<Plan extends InstalmentPlan>(plan: Plan, bill: DeviceBill): Plan {
  const billedBy = { invoiceId: bill._id, periodTo: bill.periodTo };
  const lines = linesOf(bill, plan.planId);
  const asked = new Map(
    lines.flatMap(({ kind, device }) =>
      kind === 'instalment' && device ? instalmentNos(device).map((no) => [no, device.because] as const) : [],
    ),
  );
  return {
    ...plan,
    sale: lines.some(({ kind }) => kind === 'device') ? billedBy : plan.sale,
    instalments: plan.instalments.map((each) => {
      const because = asked.get(each.no);
      return because ? { ...each, billedBy: { ...billedBy, because } } : each;
    }),
  };
}

/** Plans that say something else than the draft: they were cancelled or credited since. */
export function staleDevices(draft: Pick<DeviceBill, 'lines'>, plans: readonly InstalmentPlan[]): string[] {
  return planIdsOf(draft).filter((planId) => {
    const plan = plans.find((each) => each.planId === planId);
    return !plan || plan.cancelledAt !== null || linesOf(draft, planId).some((line) => isStale(line, plan));
  });
}

function isStale({ kind, device, amountMinor }: BillLine, plan: InstalmentPlan): boolean {
  if (kind === 'device') return amountMinor !== plan.priceMinor;
  if (kind !== 'instalment' || !device) return false;
  const nos = new Set(instalmentNos(device));
  return amountMinor !== sumLeft(plan.instalments.filter(({ no }) => nos.has(no)));
}
