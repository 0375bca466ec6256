import { Finance } from './ledger-language';
import type { Operator, Subscriber } from './operator';

interface Money {
  minor: number;
  currency: string;
}

export interface CreditNote {
  id: string;
  number: string;
  kind: string;
  net: Money;
  tax: Money;
  total: Money;
  offOpenAmount: Money;
  freed: Money;
  hasPdf: boolean;
  reissuedAs: string | null;
}

export interface Reissued {
  creditNote: CreditNote;
  invoice: { id: string; number: string; tax: Money; total: Money };
  difference: Money;
}

/** What finance does about a bill that was wrong. */
export class Corrections {
  readonly finance: Finance;

  constructor(private readonly operator: Operator) {
    this.finance = new Finance(operator);
  }

  async credits(
    invoiceId: string,
    what:
      | { kind: 'full' }
      | { kind: 'partial'; lines: { lineNo: number; minor?: number }[] }
      | { kind: 'exGratia'; minor: number },
    more: { payOut?: boolean; reason?: string } = {},
  ): Promise<CreditNote> {
    const usd = (minor: number) => ({ amount: { minor, currency: 'USD' } });
    const asked = {
      kind: what.kind,
      ...(what.kind === 'partial'
        ? {
            lines: what.lines.map(({ lineNo, minor }) => ({
              lineNo,
              ...(minor === undefined ? {} : usd(minor)),
            })),
          }
        : {}),
      ...(what.kind === 'exGratia' ? usd(what.minor) : {}),
    };
    const reason = 'the customer was right';
    const note = await this.operator.api.post<CreditNote>(
      `/v1/invoicing/invoices/${invoiceId}/credit-notes`,
      {
        reason,
        ...asked,
        ...more,
      },
    );
    await this.operator.settle();
    return note;
  }

  preview(invoiceId: string, asked: object): Promise<Pick<CreditNote, 'net' | 'tax' | 'total'>> {
    return this.operator.api.post(`/v1/invoicing/invoices/${invoiceId}/credit-notes/preview`, {
      ...asked,
      reason: 'only asking',
    });
  }

  /** A corrected bill: what is named is taken as it is known today. */
  async reissues(invoiceId: string, use: string[]): Promise<Reissued> {
    const reissued = await this.operator.api.post<Reissued>(`/v1/invoicing/invoices/${invoiceId}/reissue`, {
      use,
      reason: 'the certificate came late',
    });
    await this.operator.settle();
    return reissued;
  }

  /** Why accounts of a run have no bill. */
  async setAside(cutOffOn: string): Promise<(string | null)[]> {
    const { id } = await this.operator.run(cutOffOn);
    const { data } = await this.operator.api.get<{ data: { cause: string | null }[] }>(
      `/v1/invoicing/runs/${id}/accounts?state=failed`,
    );
    return data.map(({ cause }) => cause);
  }

  async retryFailed(cutOffOn: string): Promise<void> {
    const { id } = await this.operator.run(cutOffOn);
    await this.operator.api.post(`/v1/invoicing/runs/${id}/retry-failed`, { reason: 'put right' });
    await this.operator.settle();
  }

  async notesOf({ accountId }: Subscriber): Promise<CreditNote[]> {
    const { data } = await this.operator.api.get<{ data: CreditNote[] }>(
      `/v1/invoicing/credit-notes?accountId=${accountId}`,
    );
    return data.reverse();
  }
}
