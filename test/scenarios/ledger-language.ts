import type { Bill, Operator, Subscriber } from './operator';

interface Money {
  minor: number;
  currency: string;
}

export interface Allocated {
  id: string;
  source: string;
  paymentId: string | null;
  invoiceId: string;
  amount: Money;
  undone: { reason: string } | null;
}

/** What people in finance do with an operator's books, in the words of the trade. */
export class Finance {
  constructor(private readonly operator: Operator) {}

  /** Money that came in at the bank; `invoiceId` is what the payer wrote on it. */
  async receives(
    { accountId }: Subscriber,
    minor: number,
    { invoiceId, purpose, at }: { invoiceId?: string; purpose?: 'deposit'; at: string },
  ): Promise<void> {
    await this.operator.api.post('/v1/payments/payments', {
      accountId,
      ...(invoiceId ? { invoiceId } : {}),
      ...(purpose ? { purpose } : {}),
      amount: { minor, currency: 'USD' },
      method: 'bank',
      reference: `transfer of ${minor} at ${at}`,
      receivedAt: at,
    });
    await this.operator.settle();
  }

  /** An entry by hand; the answer tells how the invoice stands then. */
  async posts(
    rule: string,
    about: { accountId?: string; invoiceId?: string; gateway?: string },
    minor: number | null,
    reason: string,
  ): Promise<{ invoice: { open: Money; paymentState: string; writtenOff: boolean } | null }> {
    const amount = minor === null ? {} : { amount: { minor, currency: 'USD' } };
    const posted = await this.operator.api.post<{
      invoice: { open: Money; paymentState: string; writtenOff: boolean } | null;
    }>('/v1/invoicing/ledger/entries', { rule, ...about, ...amount, reason });
    await this.operator.settle();
    return posted;
  }

  async undoes({ id }: Allocated, toInvoiceId: string | null, reason: string): Promise<void> {
    await this.operator.api.post(`/v1/invoicing/allocations/${id}/undo`, { toInvoiceId, reason });
    await this.operator.settle();
  }

  /** What settled the account's invoices, oldest first; what was undone is left out. */
  async allocations({ accountId }: Subscriber): Promise<Allocated[]> {
    const all = await this.operator.api.all<Allocated>(
      `/v1/invoicing/allocations?accountId=${accountId}`,
      ({ id }) => id,
    );
    return all.filter(({ undone }) => undone === null).reverse();
  }

  balances(subscriber: Subscriber): Promise<Record<string, number>> {
    return balancesOf(this.operator, subscriber);
  }

  /** Debits less credits of one account of the chart; the whole balance must be even. */
  async inTheBooks(account: string): Promise<number> {
    const { rows, totals } = await this.operator.api.get<{
      rows: { account: string; balanceMinor: number }[];
      totals: { balanced: boolean }[];
    }>('/v1/invoicing/ledger/trial-balance');
    if (!totals.every(({ balanced }) => balanced)) throw new Error('the trial balance is uneven');
    return rows.find((row) => row.account === account)?.balanceMinor ?? 0;
  }

  async bill(subscriber: Subscriber, billNo: number): Promise<Bill> {
    const bill = (await this.operator.bills(subscriber))[billNo];
    if (!bill) throw new Error(`there is no bill ${billNo}`);
    return bill;
  }

  /** What payments would still collect. */
  async collectable({ accountId }: Subscriber): Promise<number> {
    const { data } = await this.operator.api.get<{ data: { open: Money }[] }>(
      `/v1/payments/payables?open=true&accountId=${accountId}`,
    );
    return data.reduce((sum, { open }) => sum + open.minor, 0);
  }
}

/** Owed by the customer above 0, owed to the customer below; accounts at 0 are left out. */
export async function balancesOf(
  operator: Operator,
  { accountId }: { accountId: string },
): Promise<Record<string, number>> {
  const { accounts } = await operator.api.get<{ accounts: { account: string; closingMinor: number }[] }>(
    `/v1/invoicing/statements/${accountId}`,
  );
  return Object.fromEntries(
    accounts
      .filter(({ closingMinor }) => closingMinor !== 0)
      .map(({ account, closingMinor }) => [account, closingMinor]),
  );
}
