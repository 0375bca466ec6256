import { Body, Controller, HttpCode, Param, Post, UseInterceptors } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentPrincipal, Idempotent, type Principal } from '@tollkeeper/platform';
import { createZodDto } from 'nestjs-zod';
import { AccountParams } from '../customers-requests';
import { AccountView, accountView } from '../customers-views';
import {
  AddTaxCertificate,
  CertificateParams,
  EndTag,
  EndTaxCertificate,
  SetCreditClass,
  SetParent,
  SetTag,
  TagParams,
} from './account-terms-requests';
import { certificateShape, certificateView, tagShape, tagView } from './account-terms-views';
import { AccountTerms } from './account-terms.service';
import { AccountTreeService } from './account-tree.service';
import { AccountService } from './account.service';

class CertificateView extends createZodDto(certificateShape) {}
class TagView extends createZodDto(tagShape) {}

@ApiTags('customers')
@Controller('v1/customers/accounts/:accountId')
export class AccountTermsController {
  constructor(
    private readonly accounts: AccountService,
    private readonly trees: AccountTreeService,
    private readonly terms: AccountTerms,
  ) {}

  @Post('parent')
  @HttpCode(200)
  @Allow({ roles: ['care', 'billing'], scope: 'customers:write' })
  @ApiOperation({
    summary: 'Hang an account below another one, and say who pays for it',
    description:
      '`paidBy: parent`: from `from` on (left out: now; never before) usage and charges of all its subscriptions, and of the accounts below that are paid by their parent, are on the bill of the parent or of whoever pays for that. Each payer is billed for its own days; what was charged in advance beyond them is given back. `parentAccountId: null` takes the account out of the tree. What was planned for `from` or later is replaced. 422 for a circle, another currency, cycles in another time zone, an invoiced plan whose payer has no cycle, more than 5 levels, more than 200 accounts below it, more than 200 subscriptions on one payer.',
  })
  @ApiOkResponse({ type: AccountView })
  async setParent(
    @CurrentPrincipal() principal: Principal,
    @Param() { accountId }: AccountParams,
    @Body() body: SetParent,
  ) {
    await this.trees.setParent(principal, accountId, body);
    return accountView(await this.accounts.get(principal, accountId));
  }

  @Post('credit-class')
  @HttpCode(200)
  @Allow({ roles: ['billing', 'finance'], scope: 'customers:write' })
  @ApiOperation({
    summary: 'Put an account into a credit class, or (null) into none',
    description:
      'Sets its credit limit, deposit, usage cap and dunning policy; an open collection goes on with the policy that it began with. A deposit that live services lack by the new class is charged at once; `GET .../credit` shows what became of it.',
  })
  @ApiOkResponse({ type: AccountView })
  async setCreditClass(
    @CurrentPrincipal() principal: Principal,
    @Param() { accountId }: AccountParams,
    @Body() body: SetCreditClass,
  ) {
    await this.terms.setCreditClass(principal, accountId, body);
    return accountView(await this.accounts.get(principal, accountId));
  }

  @Post('tax-certificates')
  @Allow({ roles: ['billing', 'finance'], scope: 'customers:write' })
  @UseInterceptors(Idempotent)
  @ApiOperation({
    summary: 'Add a tax certificate to an account',
    description:
      "While it is valid on a charge's tax date (its last service day, as for rates), the account's bills leave out the tax of exactly that jurisdiction and name the certificate: `US-NY` frees of the state's tax, not of the country's. Bills that are drafted stay as they are. 409 `certificateKnown`.",
  })
  @ApiCreatedResponse({ type: CertificateView })
  async addCertificate(
    @CurrentPrincipal() principal: Principal,
    @Param() { accountId }: AccountParams,
    @Body() body: AddTaxCertificate,
  ) {
    return certificateView(await this.terms.addCertificate(principal, accountId, body));
  }

  @Post('tax-certificates/:certificateId/end')
  @HttpCode(200)
  @Allow({ roles: ['billing', 'finance'], scope: 'customers:write' })
  @ApiOperation({
    summary: 'End a tax certificate on another day',
    description:
      '`validToOn` is the first day on which it holds no more, today or later in the zone of the account.',
  })
  @ApiOkResponse({ type: CertificateView })
  async endCertificate(
    @CurrentPrincipal() principal: Principal,
    @Param() { accountId, certificateId }: CertificateParams,
    @Body() body: EndTaxCertificate,
  ) {
    return certificateView(await this.terms.endCertificate(principal, accountId, certificateId, body));
  }

  @Post('tags')
  @Allow({ roles: ['care', 'billing'], scope: 'customers:write' })
  @UseInterceptors(Idempotent)
  @ApiOperation({
    summary: 'Tag an account, with a reason and until when',
    description:
      '`autoPayOff`: due invoices and renewals are not charged and collections do not try the card; the payer may pay by hand. `invoicingOff`: runs that open meanwhile leave the account out, the first one after it bills all that was missed. `collectionHold`: no collection is opened and an open one takes no step. They end at `until` by themselves. Any other word is for people. 409 `tagHolds` while the same tag is in force.',
  })
  @ApiCreatedResponse({ type: TagView })
  async setTag(
    @CurrentPrincipal() principal: Principal,
    @Param() { accountId }: AccountParams,
    @Body() body: SetTag,
  ) {
    return tagView(await this.terms.setTag(principal, accountId, body));
  }

  @Post('tags/:tagId/end')
  @HttpCode(200)
  @Allow({ roles: ['care', 'billing'], scope: 'customers:write' })
  @ApiOperation({ summary: 'End a tag now', description: '409 `tagEnded` when it ended already.' })
  @ApiOkResponse({ type: AccountView })
  async endTag(
    @CurrentPrincipal() principal: Principal,
    @Param() { accountId, tagId }: TagParams,
    @Body() { reason }: EndTag,
  ) {
    await this.terms.endTag(principal, accountId, tagId, reason);
    return accountView(await this.accounts.get(principal, accountId));
  }
}
