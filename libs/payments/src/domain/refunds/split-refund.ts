/** A payment that can go back the way it came, as far as nothing of it has gone back yet. */
export interface RefundablePayment {
  paymentId: string;
  /** `null`: it came by bank, cash or voucher, and goes back by bank. */
  gatewayId: string | null;
  gateway: string;
  amountMinor: number;
  refundedMinor: number;
}

export interface RefundPart {
  /** `null`: by bank. */
  payment: RefundablePayment | null;
  amountMinor: number;
}

/** The latest payments first; what no payment covers is paid by bank. The parts make up the amount. */
export function splitRefund(amountMinor: number, latestFirst: readonly RefundablePayment[]): RefundPart[] {
  const parts: RefundPart[] = [];
  let left = amountMinor;
  for (const payment of latestFirst) {
    const part = Math.min(left, payment.amountMinor - payment.refundedMinor);
    if (part > 0) parts.push({ payment, amountMinor: part });
    left -= Math.max(part, 0);
  }
  return left > 0 ? [...parts, { payment: null, amountMinor: left }] : parts;
}
