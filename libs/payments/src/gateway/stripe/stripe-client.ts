import { Injectable } from '@nestjs/common';
import { Settings } from '@tollkeeper/platform';
import Stripe from 'stripe';

/** The API version that our shapes were written against; Stripe answers in it whatever the account's default. */
const answerWithinMs = 20_000;
/** The SDK repeats with the same idempotency key, after connection errors and 409, 429 and 5xx. */
const repeats = 2;

const suffixOf = (tenantId: string): string => tenantId.toUpperCase().replace(/[^A-Z0-9]/g, '_');

/** Secrets by tenant, from the environment: `STRIPE_SECRET_KEY__<TENANT>` goes before `STRIPE_SECRET_KEY`. */
@Injectable()
export class StripeClients {
  private readonly byKey = new Map<string, Stripe>();

  constructor(private readonly settings: Settings) {}

  isConfigured(tenantId: string): boolean {
    return this.secretKey(tenantId) !== null;
  }

  of(tenantId: string): Stripe {
    const key = this.secretKey(tenantId);
    if (key === null) throw new StripeNotConfigured(tenantId);
    const known = this.byKey.get(key);
    if (known) return known;
    const client = new Stripe(key, {
      ...this.address(),
      timeout: answerWithinMs,
      maxNetworkRetries: repeats,
    });
    this.byKey.set(key, client);
    return client;
  }

  /** All secrets that a webhook may be signed with: while one is rotated the old and the new one hold. */
  webhookSecrets(tenantId: string): string[] {
    const { STRIPE_WEBHOOK_SECRETS } = this.settings.values;
    const own = process.env[`STRIPE_WEBHOOK_SECRETS__${suffixOf(tenantId)}`];
    return (own ?? STRIPE_WEBHOOK_SECRETS).split(',').flatMap((each) => each.trim() || []);
  }

  /** Where a payer comes back to after a challenge. */
  get returnUrl(): string | undefined {
    return this.settings.values.PAYMENT_RETURN_URL || undefined;
  }

  private secretKey(tenantId: string): string | null {
    const own = process.env[`STRIPE_SECRET_KEY__${suffixOf(tenantId)}`];
    return own ?? (this.settings.values.STRIPE_SECRET_KEY || null);
  }

  private address(): Pick<Stripe.StripeConfig, 'host' | 'port' | 'protocol'> {
    const url = new URL(this.settings.values.STRIPE_API_URL);
    const protocol = url.protocol === 'http:' ? 'http' : 'https';
    return { host: url.hostname, port: url.port || (protocol === 'http' ? 80 : 443), protocol };
  }
}

class StripeNotConfigured extends Error {
  constructor(tenantId: string) {
    super(
      `Stripe has no secret key for ${tenantId}: set STRIPE_SECRET_KEY or STRIPE_SECRET_KEY__${suffixOf(tenantId)}.`,
    );
  }
}
