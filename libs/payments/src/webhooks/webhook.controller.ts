import { Controller, HttpCode, Param, Post, type RawBodyRequest, Req } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { badInput, type Problem, Public, Settings, unauthorized } from '@tollkeeper/platform';
import type { Request } from 'express';
import { realNow } from '../gateway/real-time';
import { eventsOf, webhookMessage } from '../gateway/sandbox-events';
import { merchantOf } from '../gateway/sandbox-gateway';
import { StripeClients } from '../gateway/stripe/stripe-client';
import { eventOf, signedEvent } from '../gateway/stripe/stripe-events';
import { isSignedBy } from '../gateway/webhook-signature';
import { refusedWebhooks } from '../payment-metrics';
import { WebhookTenant } from '../payments-requests';
import { WebhookService } from './webhook.service';

type Received = Promise<{ received: 'applied' | 'known' }>;

function forged(gateway: string): Problem {
  refusedWebhooks.inc({ gateway });
  return unauthorized('The signature is not that of the gateway.');
}

@ApiTags('payments')
@Controller('v1/payments/webhooks')
export class WebhookController {
  constructor(
    private readonly webhooks: WebhookService,
    private readonly stripe: StripeClients,
    private readonly settings: Settings,
  ) {}

  @Post('sandbox')
  @HttpCode(200)
  @Public()
  @ApiOperation({
    summary: 'Events of the sandbox gateway',
    description:
      'Signed as Standard Webhooks; an event that was told before answers 200 and changes nothing. 401 for any other sender.',
  })
  async sandbox(@Req() request: RawBodyRequest<Request>): Received {
    const { rawBody } = request;
    if (!rawBody || !this.isSigned(request, rawBody)) throw forged('sandbox');
    const message = webhookMessage.safeParse(JSON.parse(rawBody.toString('utf8')));
    if (!message.success) throw badInput('body', 'This is not an event of the sandbox gateway.');
    const { id: eventId, type, tenantId: merchant } = message.data;
    const told = { ...merchantOf(merchant), eventId, type, events: eventsOf(message.data) };
    return { received: await this.webhooks.receive(told) };
  }

  @Post('stripe/:tenantId')
  @HttpCode(200)
  @Public()
  @ApiOperation({
    summary: "Events of a tenant's Stripe account",
    description:
      'The signature (`Stripe-Signature`, at most 5 minutes old) is checked over the raw body before anything is read; `STRIPE_WEBHOOK_SECRETS` (or `STRIPE_WEBHOOK_SECRETS__<TENANT>`) holds several secrets, separated by commas, while one is rotated. Charges, refunds, disputes, renewed cards and mandates that ended are applied once per event id, in any order; other types answer 200 and change nothing. 401: not signed by any of the secrets. 409 `chargeNotKnownYet`: a dispute overtook its charge, Stripe tells it again.',
  })
  async stripeEvent(@Req() request: RawBodyRequest<Request>, @Param() { tenantId }: WebhookTenant): Received {
    const { rawBody } = request;
    const signature = request.header('stripe-signature');
    const secrets = this.stripe.webhookSecrets(tenantId);
    const event = rawBody && signature ? signedEvent(rawBody, signature, secrets) : null;
    if (!event) throw forged('stripe');
    const told = { tenantId, gateway: 'stripe', eventId: event.id, type: event.type };
    return { received: await this.webhooks.receive({ ...told, events: [eventOf(event)] }) };
  }

  /** Over the bytes as they came: what they say counts for nothing until this holds. */
  private isSigned(request: Request, body: Buffer): boolean {
    const message = {
      id: request.header('webhook-id'),
      timestamp: request.header('webhook-timestamp'),
      signature: request.header('webhook-signature'),
      body,
    };
    return isSignedBy(
      this.settings.values.SANDBOX_WEBHOOK_SECRET,
      message,
      Math.floor(realNow().getTime() / 1000),
    );
  }
}
