import { Agent, request } from 'node:http';

interface GatewayAccess {
  url: string;
  key: string;
}

interface BareCall {
  method: 'POST' | 'DELETE';
  path: string;
  headers?: Record<string, string>;
  body?: object;
}

/** Calls over kept connections and nothing else: nothing is stored, chosen, retried or recorded. */
export class BareClient {
  private readonly agent: Agent;

  constructor(
    private readonly gateway: GatewayAccess,
    readonly callsAtOnce: number,
  ) {
    this.agent = new Agent({ keepAlive: true, maxSockets: callsAtOnce });
  }

  close(): void {
    this.agent.destroy();
  }

  /** How long each answer of the gateway takes at least, whoever asks. */
  async setLatency(latencyMs: number): Promise<void> {
    await this.call({ method: 'POST', path: '/v1/faults', body: { latencyMs } });
  }

  /** Charges a second. */
  async chargeAll(tenantId: string, at: string, references: readonly string[]): Promise<number> {
    const begun = performance.now();
    const queue = references.values();
    const worker = async () => {
      for (const reference of queue) await this.charge(tenantId, at, reference);
    };
    await Promise.all(Array.from({ length: this.callsAtOnce }, worker));
    return (references.length / (performance.now() - begun)) * 1_000;
  }

  private async charge(tenantId: string, at: string, reference: string): Promise<void> {
    const headers = { 'X-Tenant': tenantId, 'X-Business-Time': at, 'Idempotency-Key': reference };
    const body = { amountMinor: 1_500, currency: 'EUR', token: 'tok_ok', reference, initiator: 'merchant' };
    const answer = await this.call({ method: 'POST', path: '/v1/charges', headers, body });
    if (answer.status !== 'succeeded')
      throw new Error(`the gateway answered ${JSON.stringify(answer)} to the bare client`);
  }

  private call({ method, path, headers, body }: BareCall): Promise<{ status?: string }> {
    const text = JSON.stringify(body ?? {});
    return new Promise((done, fail) => {
      const call = request(
        new URL(path, this.gateway.url),
        {
          ...{ agent: this.agent, method },
          headers: {
            ...headers,
            Authorization: `Bearer ${this.gateway.key}`,
            'Content-Type': 'application/json',
            'Content-Length': Buffer.byteLength(text),
          },
        },
        (answer) => {
          let read = '';
          answer.setEncoding('utf8');
          answer.on('data', (chunk: string) => (read += chunk));
          answer.on('end', () => done(JSON.parse(read) as { status?: string }));
          answer.on('error', fail);
        },
      );
      call.on('error', fail);
      call.end(text);
    });
  }
}
