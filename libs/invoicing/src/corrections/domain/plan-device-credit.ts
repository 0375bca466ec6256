import { netOf } from '../../domain/line-parts';
import type { CreditPlan, CreditRefusal } from './credit-note';
import {
  type CreditableInvoice,
  creditLine,
  divided,
  leftOf,
  nothingSince,
  planned,
  refuse,
  stepShares,
} from './plan-credit';

interface Asked {
  planId: string;
  /** Before tax; `null`: all that is left. */
  amountMinor: number | null;
  /** What of the device is not billed yet. */
  openMinor: number;
}

/**
 * Lowers the price of a delivered device, its tax with it. The invoice of the delivery asked for a part of the price
 * only: open instalments fall first, what is more than they are has been paid or billed and becomes account credit.
 */
export function planDeviceCredit(
  invoice: CreditableInvoice,
  { planId, amountMinor, openMinor }: Asked,
): CreditPlan | CreditRefusal {
  const line = invoice.lines.find(({ kind, device }) => kind === 'device' && device?.planId === planId);
  if (!line) return refuse('planId', 'the invoice has no delivery of it', 'Name the plan of the device.');
  const leftMinor = leftOf(invoice, line);
  const creditedMinor = amountMinor ?? leftMinor;
  if (leftMinor === 0 || creditedMinor > leftMinor)
    return refuse('amount', `the device has ${leftMinor} left before tax`, 'Credit at most what is left.');
  const fromMinor = netOf(line) - leftMinor;
  const step = { line, netMinor: netOf(line), fromMinor, toMinor: fromMinor + creditedMinor, quantity: null };
  const levies = divided(invoice, (tax, shares) =>
    tax.onPartialCredit === 'keep' ? [] : stepShares(tax, shares, step),
  );
  const plan = planned('partial', [creditLine(step)], levies, nothingSince);
  const offInstalmentsMinor = Math.min(plan.totalMinor, openMinor);
  const accountCreditMinor = plan.totalMinor - offInstalmentsMinor;
  return { ...plan, device: { planId, offInstalmentsMinor, accountCreditMinor } };
}
