import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentPrincipal, notFound, type Principal } from '@tollkeeper/platform';
import { IdParams } from '../payments-requests';
import { BankAccountRepository } from './bank-account.repository';
import { BankAccountService } from './bank-account.service';
import { PutBankAccount } from './statement-requests';
import { bankAccountView } from './statement-views';

@ApiTags('payments')
@Controller('v1/payments/bank-accounts')
export class BankAccountController {
  constructor(
    private readonly service: BankAccountService,
    private readonly accounts: BankAccountRepository,
  ) {}

  @Get()
  @Allow({ roles: ['billing', 'finance', 'auditor'], scope: 'payments:read' })
  @ApiOperation({ summary: 'The operator’s own accounts at banks' })
  async list(@CurrentPrincipal() { tenantId }: Principal) {
    return { data: (await this.accounts.list(tenantId)).map(bankAccountView), hasMore: false };
  }

  @Get(':id')
  @Allow({ roles: ['billing', 'finance', 'auditor'], scope: 'payments:read' })
  @ApiOperation({ summary: 'One of the operator’s accounts at banks' })
  async get(@CurrentPrincipal() { tenantId }: Principal, @Param() { id }: IdParams) {
    const row = await this.accounts.one(tenantId, id);
    if (!row) throw notFound('bank account', id);
    return bankAccountView(row);
  }

  @Put(':id')
  @Allow({ roles: ['finance'], scope: 'payments:write' })
  @ApiOperation({
    summary: 'Name an account of the operator’s, and how its bank writes CSV statements',
    description:
      'Only statements of accounts that are named here are taken. `csv` maps a bank’s columns: charset, delimiter, decimal sign, date form, and either a signed `amount` (or with a `sign` column) or `credit` and `debit`. 422: check digits of the IBAN, an incomplete mapping, a number that is there already.',
  })
  async put(
    @CurrentPrincipal() principal: Principal,
    @Param() { id }: IdParams,
    @Body() body: PutBankAccount,
  ) {
    return bankAccountView(await this.service.put(principal, id, body));
  }
}
