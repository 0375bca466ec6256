/** A charge as the sandbox gateway's own books show it. */
export interface Charge {
  readonly id: string;
  readonly status: 'succeeded' | 'pending' | 'failed';
  readonly amountMinor: number;
  readonly refundedMinor: number;
  readonly currency: string;
  readonly reference: string;
  readonly initiator?: 'customer' | 'merchant';
  readonly originalNetworkTransactionId?: string | null;
  readonly debit?: { scheme: string; collectOn: string; mandateId?: string } | null;
  readonly settledAt?: string | null;
}

interface Page {
  readonly charges: Charge[];
  readonly hasMore: boolean;
}

const CHARGES_PER_PAGE = 1_000;
const ANSWER_LIMIT_MS = 30_000;

/** The books of the other side, read over HTTP as anyone with the key could. */
export class GatewayBooks {
  constructor(
    private readonly url: string,
    private readonly key: string,
  ) {}

  /** Pages in the order of the charges' ids. */
  async *pages(tenantId: string): AsyncGenerator<Charge[]> {
    let startingAfter: string | undefined;
    for (;;) {
      const { charges, hasMore } = await this.page(tenantId, startingAfter ? { startingAfter } : {});
      yield charges;
      startingAfter = charges.at(-1)?.id;
      if (!hasMore || startingAfter === undefined) return;
    }
  }

  async ofReference(tenantId: string, reference: string): Promise<Charge[]> {
    return (await this.page(tenantId, { reference })).charges;
  }

  private async page(tenantId: string, filter: Record<string, string>): Promise<Page> {
    const query = new URLSearchParams({ tenant: tenantId, limit: String(CHARGES_PER_PAGE), ...filter });
    const answer = await fetch(`${this.url}/v1/charges?${query.toString()}`, {
      headers: { Authorization: `Bearer ${this.key}` },
      signal: AbortSignal.timeout(ANSWER_LIMIT_MS),
    });
    if (!answer.ok) throw new Error(`the gateway's books at ${this.url} answer ${answer.status}`);
    return (await answer.json()) as Page;
  }
}
