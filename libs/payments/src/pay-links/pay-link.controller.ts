import { Body, Controller, Get, HttpCode, Param, Post, Query, UseGuards } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Throttle } from '@nestjs/throttler';
import { Allow, CurrentPrincipal, pageOf, type Principal, Public } from '@tollkeeper/platform';
import { availableMinor } from '../domain/attempts/reservations';
import { IdParams, ReasonBody } from '../payments-requests';
import { LinkCharging } from './link-charging.service';
import { LinkWithdrawal } from './link-withdrawal.service';
import { CreatePayLink, PayByLink, PayLinksQuery, TokenParams, WithdrawPayLinks } from './pay-link-requests';
import { PayLinkGuard } from './pay-link-guard';
import { PayLinkRepository } from './pay-link.repository';
import type { PayLinkRow } from './pay-link.schema';
import { PayLinkService, type ShownLink } from './pay-link.service';

/** A minute and caller address: who guesses is held up long before 256 bits are. */
const linkLimit = { default: { ttl: 60_000, limit: 60 } };

const view = ({ _id, amountMinor, currency, ...row }: PayLinkRow) => ({
  ...{ id: _id, accountId: row.accountId, invoiceId: row.invoiceId, state: row.state },
  ...{ caseId: row.caseId ?? null },
  amount: amountMinor === null ? null : { minor: amountMinor, currency },
  ...{ expiresAt: row.expiresAt, createdAt: row.createdAt, by: row.by },
});

/** What somebody without an account with us may see. */
const shown = ({ link, payables, amountMinor, isExpired, actionUrl, isPaid }: ShownLink) => ({
  state: link.state !== 'open' ? link.state : isPaid ? 'alreadyPaid' : isExpired ? 'expired' : 'open',
  amount: { minor: link.state === 'open' && !isExpired ? amountMinor : 0, currency: link.currency },
  invoices: payables
    .filter((payable) => availableMinor(payable) > 0 && link.state === 'open')
    .map((payable) => ({
      number: payable.invoiceNumber,
      open: { minor: availableMinor(payable), currency: payable.currency },
      dueOn: payable.dueOn,
    })),
  actionUrl,
  expiresAt: link.expiresAt,
});

@ApiTags('payments')
@Controller('v1/payments')
export class PayLinkController {
  constructor(
    private readonly service: PayLinkService,
    private readonly charging: LinkCharging,
    private readonly links: PayLinkRepository,
    private readonly withdrawal: LinkWithdrawal,
  ) {}

  @Post('pay-links')
  @Allow({ roles: ['care', 'billing', 'finance'], scope: 'payments:write' })
  @ApiOperation({
    summary: 'Make a link by which anybody may pay for an account, once',
    description:
      'Of one invoice or of all that is open; `amount` (minor units) is the most that it takes, left out: all that is open when it is paid. Good for `expiresInDays` (1 to 90). `token` is told here only; the portal shows GET and sends POST /v1/payments/links/{token}. No Idempotency-Key, which would keep the token: a repeat is another link. Errors: 404 account or invoice, 422 currency.',
  })
  async create(@CurrentPrincipal() principal: Principal, @Body() body: CreatePayLink) {
    const { amount, invoiceId, ...rest } = body;
    const { link, token } = await this.service.create(principal, {
      ...{ ...rest, invoiceId: invoiceId ?? null },
      ...{ amountMinor: amount?.minor ?? null, currency: amount?.currency ?? null },
    });
    return { ...view(link), token, path: `/v1/payments/links/${token}` };
  }

  @Get('pay-links')
  @Allow({ roles: ['care', 'billing', 'finance', 'auditor'], scope: 'payments:read' })
  @ApiOperation({ summary: 'Pay links, without their tokens' })
  async list(@CurrentPrincipal() { tenantId }: Principal, @Query() { accountId, ...page }: PayLinksQuery) {
    return pageOf((await this.links.list(tenantId, accountId, page)).map(view), page.limit);
  }

  @Post('pay-links/:id/revoke')
  @HttpCode(200)
  @Allow({ roles: ['care', 'billing', 'finance'], scope: 'payments:write' })
  @ApiOperation({
    summary: 'Withdraw a pay link',
    description: '409 `payLinkUsed`: it was used, or is being.',
  })
  async revoke(
    @CurrentPrincipal() principal: Principal,
    @Param() { id }: IdParams,
    @Body() { reason }: ReasonBody,
  ) {
    return view(await this.service.revoke(principal, id, reason));
  }

  @Post('pay-links/withdraw')
  @HttpCode(200)
  @Allow({ roles: ['care', 'billing', 'finance'], scope: 'payments:write' })
  @ApiOperation({
    summary: 'Withdraw the pay link of a mail, or all pay links of an account',
    description:
      '`of`: `message` (`id`: its key, as GET /v1/notifications/messages tells it), `link` (`id`: `pln_...`) or `account` (no `id`): every link that the account had until now, in mails, made by people, and in messages asked for but not sent yet. Works at once, also on links that nobody has opened: nothing is kept of them, so that a key which no mail has is not noticed. Later messages carry new links. A repeat changes nothing. `underWay`: links whose payment is running; it is not stopped. Errors: 404 account, or a link of another account; 409 `payLinkUsed`.',
  })
  withdraw(@CurrentPrincipal() principal: Principal, @Body() { id, ...body }: WithdrawPayLinks) {
    return this.withdrawal.withdraw(principal, { ...body, id: id ?? null });
  }

  @Get('links/:token')
  @Public()
  @Throttle(linkLimit)
  @UseGuards(PayLinkGuard)
  @ApiOperation({
    summary: 'What a pay link asks for',
    description:
      'No sign-in. `state`: `open`, `paying` (its outcome is awaited; `actionUrl`: the payer confirms there), `used`, `alreadyPaid` (otherwise: nothing is owed any more), `expired`, `revoked`. 401 `payLinkInvalid` for any token that is none.',
  })
  async look(@Param() { token }: TokenParams) {
    return shown(await this.service.show(token));
  }

  @Post('links/:token')
  @HttpCode(202)
  @Public()
  @Throttle(linkLimit)
  @UseGuards(PayLinkGuard)
  @ApiOperation({
    summary: 'Pay by a link, with a token of the gateway’s hosted fields',
    description:
      'No sign-in; card numbers are refused. `amount` (minor units): what the payer was shown; when another amount is asked for by now nothing is taken, and never more than that. Left out: whatever is asked for. Answers 202: look at the link again. A charge that took nothing leaves the link open. Errors: 401 `payLinkInvalid`, 409 `amountChanged`, `payLinkUsed`, `payLinkExpired`, `payLinkRevoked`, `nothingToPay`, `methodRefused`, 422 unknown token, 429.',
  })
  async pay(@Param() { token }: TokenParams, @Body() { token: card, amount, ...guest }: PayByLink) {
    await this.charging.pay(token, { ...guest, token: card }, amount ?? null);
    return shown(await this.service.show(token));
  }
}
