import { Controller, HttpCode, Post, type RawBodyRequest, Req } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { badInput, Public, Settings, unauthorized } from '@tollkeeper/platform';
import type { Request } from 'express';
import { realNow } from './gateway/real-time';
import { webhookMessage } from './gateway/sandbox-answers';
import { isSignedBy } from './gateway/webhook-signature';
import { WebhookService } from './webhook.service';

@ApiTags('payments')
@Controller('v1/payments/webhooks')
export class WebhookController {
  constructor(
    private readonly webhooks: WebhookService,
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
  async sandbox(@Req() request: RawBodyRequest<Request>): Promise<{ received: 'applied' | 'known' }> {
    const { rawBody } = request;
    if (!rawBody || !this.isSigned(request, rawBody))
      throw unauthorized('The signature is not that of the gateway.');
    const message = webhookMessage.safeParse(JSON.parse(rawBody.toString('utf8')));
    if (!message.success) throw badInput('body', 'This is not an event of the sandbox gateway.');
    return { received: await this.webhooks.receive(message.data) };
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
