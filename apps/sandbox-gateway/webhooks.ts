import { createHmac } from 'node:crypto';

export interface WebhookMessage {
  id: string;
  type: string;
  tenantId: string;
  occurredAt: string;
  data: object;
  dispute?: object;
  returned?: object;
  card?: object;
  refund?: object;
}

export type Delivery = 'delivered' | 'refused' | 'unreachable';

const ANSWER_WITHIN_MS = 10_000;

/** The signature of Standard Webhooks; a secret with the prefix whsec_ is base64, any other is taken as it is. */
export function signWebhook(secret: string, id: string, timestamp: string, body: string): string {
  const key = secret.startsWith('whsec_') ? Buffer.from(secret.slice(6), 'base64') : Buffer.from(secret);
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
}

export class Webhooks {
  constructor(private readonly target: { url: string; secret: string }) {}

  async send(message: WebhookMessage): Promise<Delivery> {
    const body = JSON.stringify(message);
    // Real time, not business time: receivers refuse old signatures to stop replays.
    const timestamp = String(Math.floor(Date.now() / 1000));
    const headers = {
      'Content-Type': 'application/json',
      'webhook-id': message.id,
      'webhook-timestamp': timestamp,
      'webhook-signature': signWebhook(this.target.secret, message.id, timestamp, body),
    };
    const signal = AbortSignal.timeout(ANSWER_WITHIN_MS);
    try {
      const answer = await fetch(this.target.url, { method: 'POST', headers, body, signal });
      await answer.body?.cancel();
      return answer.ok ? 'delivered' : 'refused';
    } catch {
      return 'unreachable';
    }
  }
}
