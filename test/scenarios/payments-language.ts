import { createHmac } from 'node:crypto';
import { runningStack } from '../setup/running-stack';
import type { Operator, Subscriber } from './operator';

interface Payment {
  id: string;
  state: string;
  gateway: string;
  gatewayId: string | null;
  receivedAt: string;
  amount: { minor: number; currency: string };
}

export interface Attempt {
  id: string;
  key: string;
  state: string;
  gateway: string;
  cause: string | null;
  category: string | null;
  declineCode: string | null;
  createdAt: string;
  debit: { collectOn: string; representment?: number; entryDescription?: string } | null;
  returned: { code: string } | null;
}

/** As the gateway's own books have it. */
export interface BookedCharge {
  id: string;
  token: string;
  status: string;
  refundedMinor: number;
  initiator: string;
  reference: string;
  networkTransactionId: string | null;
  originalNetworkTransactionId: string | null;
  debit: { collectOn: string; sequence?: string } | null;
}

/** Oldest first. */
export const paymentsOf = async ({ api }: Operator, { accountId }: Subscriber): Promise<Payment[]> =>
  (await api.get<{ data: Payment[] }>(`/v1/payments/payments?accountId=${accountId}`)).data.reverse();

export const attemptsOf = async ({ api }: Operator, { accountId }: Subscriber): Promise<Attempt[]> =>
  (await api.get<{ data: Attempt[] }>(`/v1/payments/attempts?accountId=${accountId}`)).data.sort(
    (left, right) =>
      // What follows at the same instant has the longer key.
      left.createdAt.localeCompare(right.createdAt) || left.key.length - right.key.length,
  );

/** `<payment's state>, bill <paid state> <open cents>` of the first bill and its payment. */
export async function standing(operator: Operator, subscriber: Subscriber): Promise<string> {
  const [payment] = await paymentsOf(operator, subscriber);
  const [bill] = await operator.bills(subscriber);
  const isOpen = bill?.open.minor === bill?.total.minor ? 'all' : bill?.open.minor === 0 ? 'nothing' : 'part';
  return `${payment?.state ?? 'no payment'}, bill ${bill?.paymentState}, ${isOpen} open`;
}

/** What the gateway would send, signed with the key given; answers the status. */
export async function tellSandboxEvent(event: object, id: string, secret?: string): Promise<number> {
  const { environment } = runningStack();
  const body = JSON.stringify(event);
  const timestamp = String(Math.floor(Date.now() / 1000));
  const key = secret ?? environment['SANDBOX_WEBHOOK_SECRET'] ?? '';
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  const answer = await fetch(environment['SANDBOX_WEBHOOK_URL'] ?? '', {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': timestamp,
      'webhook-signature': `v1,${signature}`,
    },
    body,
  });
  return answer.status;
}

const nothingCharged = {
  ...{ id: 'ch_none', status: 'succeeded', amountMinor: 1, currency: 'USD', reference: 'none' },
  ...{ networkTransactionId: null, declineCode: null },
};

export const tellMandateEnded = (
  { tenantId }: Operator,
  mandate: { token: string; reference: string | null },
): Promise<number> => {
  const id = `evt_${mandate.token}`;
  const ended = { ...mandate, id: `mandate_${mandate.token}` };
  return tellSandboxEvent(
    { id, type: 'mandate.updated', tenantId, mandate: ended, data: nothingCharged },
    id,
  );
};

/** Its issuer, or the wallet's maker, replaced what a token stands for. */
export const tellCardUpdated = ({ tenantId }: Operator, card: object, id: string): Promise<number> =>
  tellSandboxEvent({ id, type: 'card.updated', tenantId, card, data: nothingCharged }, id);

/** At one of the tenant's merchants: the gateway's own books. */
export async function chargesAt({ tenantId }: Operator, merchant: '' | '.standby'): Promise<BookedCharge[]> {
  const { environment } = runningStack();
  const answer = await fetch(
    `${environment['SANDBOX_GATEWAY_URL']}/v1/charges?tenant=${tenantId}${merchant}&limit=1000`,
    { headers: { authorization: `Bearer ${environment['SANDBOX_GATEWAY_KEY']}` } },
  );
  const { charges } = (await answer.json()) as { charges: BookedCharge[] };
  return charges;
}

/** What the gateway refused, as the schemes count it; of one card over both merchants. */
export async function refusalsOf(
  { tenantId }: Operator,
  token: string,
): Promise<{ token: string; createdAt: string; initiator: string }[]> {
  const { environment } = runningStack();
  const lists = ['', '.standby'].map(async (merchant) => {
    const url = `${environment['SANDBOX_GATEWAY_URL']}/v1/refusals?tenant=${tenantId}${merchant}`;
    const headers = { authorization: `Bearer ${environment['SANDBOX_GATEWAY_KEY']}` };
    const answer = await fetch(url, { headers });
    return (await answer.json()) as { refusals: { token: string; createdAt: string; initiator: string }[] };
  });
  return (await Promise.all(lists)).flatMap(({ refusals }) =>
    refusals.filter((each) => each.token.includes(token)),
  );
}

/** One of the tenant's merchants misbehaves: certainly without any work, so that nobody can tell, or slowly; `null`: no more. */
export async function setFault(
  { tenantId }: Operator,
  merchant: '' | '.standby',
  fault: { refuseUntilCleared: true } | { downUntilCleared: true } | { latencyMs: number } | null,
): Promise<void> {
  const { environment } = runningStack();
  const headers = {
    authorization: `Bearer ${environment['SANDBOX_GATEWAY_KEY']}`,
    'content-type': 'application/json',
    'x-tenant': `${tenantId}${merchant}`,
  };
  const url = `${environment['SANDBOX_GATEWAY_URL']}/v1/faults`;
  await fetch(
    url,
    fault ? { method: 'POST', headers, body: JSON.stringify(fault) } : { method: 'DELETE', headers },
  );
}

/** Their first bills are paid at the bank, and a good card pays from here on: no case is opened for them. */
export async function payAtBank(operator: Operator, subscribers: readonly Subscriber[]): Promise<void> {
  const { now } = await operator.api.get<{ now: string }>('/v1/test-clock');
  for (const subscriber of subscribers) {
    const { accountId } = subscriber;
    const [bill] = await operator.bills(subscriber);
    await operator.api.post('/v1/payments/payments', {
      ...{ accountId, method: 'bank', reference: `transfer of ${accountId}`, receivedAt: now },
      amount: { minor: bill?.open.minor ?? 0, currency: 'USD' },
    });
    await operator.card(accountId, `tok_ok.good-${accountId}`);
  }
  await operator.settle();
}

/** What operations watch: a counter of `GET /metrics`, all its labels together. */
export async function counted(metric: string): Promise<number> {
  const { environment } = runningStack();
  const text = await (await fetch(`http://127.0.0.1:${environment['API_PORT']}/metrics`)).text();
  const lines = text.split('\n').filter((line) => line.startsWith(`${metric}{`));
  return lines.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
}
