import { Body, Controller, Get, HttpCode, Param, Post, Query, UseInterceptors } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  Allow,
  badInput,
  CurrentPrincipal,
  Idempotent,
  notFound,
  pageOf,
  type Principal,
} from '@tollkeeper/platform';
import { IdParams } from '../payments-requests';
import { BankEntryRepository } from './bank-entry.repository';
import { EntryDecision } from './entry-decision.service';
import { EntryUndo } from './entry-undo.service';
import { AssignBankEntry, BankEntriesQuery, SettleBankEntry, UndoBankEntry } from './statement-requests';
import { bankEntryView } from './statement-views';

@ApiTags('payments')
@Controller('v1/payments/bank-entries')
export class BankEntryController {
  constructor(
    private readonly entries: BankEntryRepository,
    private readonly decisions: EntryDecision,
    private readonly undoing: EntryUndo,
  ) {}

  @Get()
  @Allow({ roles: ['care', 'billing', 'finance', 'auditor'], scope: 'payments:read' })
  @ApiOperation({
    summary: 'Entries of bank statements',
    description:
      '`unmatched` ones lie in the ledger account `suspense`, with `held`; `suggestions` say for whom what speaks: a reference, the bank account, the name, the amount. The best comes first.',
  })
  async list(
    @CurrentPrincipal() { tenantId }: Principal,
    @Query() { state, importId, accountId, ...page }: BankEntriesQuery,
  ) {
    const filter = {
      ...(state ? { state } : {}),
      ...(importId ? { importId } : {}),
      ...(accountId ? { accountId } : {}),
    };
    return pageOf((await this.entries.list(tenantId, filter, page)).map(bankEntryView), page.limit);
  }

  @Get(':id')
  @Allow({ roles: ['care', 'billing', 'finance', 'auditor'], scope: 'payments:read' })
  @ApiOperation({ summary: 'One entry of a bank statement' })
  async one(@CurrentPrincipal() { tenantId }: Principal, @Param() { id }: IdParams) {
    const row = await this.entries.one(tenantId, id);
    if (!row) throw notFound('bank entry', id);
    return bankEntryView(row);
  }

  @Post(':id/assign')
  @HttpCode(200)
  @Allow({ roles: ['billing', 'finance'], scope: 'payments:write' })
  @UseInterceptors(Idempotent)
  @ApiOperation({
    summary: 'Say whose money it is',
    description:
      'To one account or split over several, with or without an invoice each; amounts in minor units. The parts make up the whole, or `sendBackRest` sends the rest back. Each part is a payment of its account, received on the day of the statement. Errors: 404 entry or account, 409 `entryDecided`, `moneyWentOut`, 422 parts that do not add up, another currency, an invoice of another account.',
  })
  async assign(
    @CurrentPrincipal() principal: Principal,
    @Param() { id }: IdParams,
    @Body() body: AssignBankEntry,
  ) {
    const { parts, sendBackRest, reason } = body;
    const currency = parts[0]?.amount.currency ?? '';
    if (parts.some(({ amount }) => amount.currency !== currency))
      throw badInput('parts', 'All parts are of one currency.');
    const wanted = parts.map(({ accountId, invoiceId = null, amount }) => ({
      ...{ accountId, invoiceId, amountMinor: amount.minor },
    }));
    return bankEntryView(
      await this.decisions.assign(principal, id, { parts: wanted, currency, sendBackRest, reason }),
    );
  }

  @Post(':id/settle')
  @HttpCode(200)
  @Allow({ roles: ['finance'], scope: 'payments:write' })
  @UseInterceptors(Idempotent)
  @ApiOperation({
    summary: 'Say that it is nobody’s here',
    description:
      '`sentBack`: it goes back to the payer; name the entry’s id in the transfer, and the statement that shows it is recognised. `gateway`: a payout or fee of the gateway named, whose clearing account it moves. `elsewhere`: other business of the operator. `knownPayout`: money that went out and is in the books already (a refund by bank). Errors: 404, 409 `entryDecided`, 422.',
  })
  async settle(
    @CurrentPrincipal() principal: Principal,
    @Param() { id }: IdParams,
    @Body() body: SettleBankEntry,
  ) {
    const { as, reason } = body;
    if ((as === 'gateway') !== (body.gateway !== undefined))
      throw badInput('gateway', 'Name the gateway of a payout, and none otherwise.');
    const gateway = body.gateway ?? (as === 'elsewhere' ? 'elsewhere' : 'bank');
    return bankEntryView(await this.decisions.settle(principal, id, { as, gateway, reason }));
  }

  @Post(':id/undo')
  @HttpCode(200)
  @Allow({ roles: ['finance'], scope: 'payments:write' })
  @UseInterceptors(Idempotent)
  @ApiOperation({
    summary: 'Undo what was decided: it was the wrong account',
    description:
      'By a person or by a reference. Its payments become `undone`: what they paid is open again, then credit that they left is taken, then what such credit paid is open again; the payer is told. The entry lies in suspense again and can be assigned anew; what was settled comes back too, unless a statement has shown it leave. `paymentIds`: only these of a split. Errors: 404, 409 `nothingToUndo`, `entryReversed`, `entryMatchesAnother`, `paymentMovedOn` (refunded, or taken back), 422 `paymentIds` that the entry does not have.',
  })
  async undo(
    @CurrentPrincipal() principal: Principal,
    @Param() { id }: IdParams,
    @Body() { paymentIds, reason }: UndoBankEntry,
  ) {
    return bankEntryView(await this.undoing.undo(principal, id, { paymentIds: paymentIds ?? null, reason }));
  }
}
