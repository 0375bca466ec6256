import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { LocalDate } from '@tollkeeper/calendar';
import { Allow, CurrentPrincipal, localDateField, notFound, type Principal } from '@tollkeeper/platform';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { AccountStatementService } from './account-statement.service';
import { accountBalances, plainStatements, type StatementEntry } from './domain/account-statement';

const period = z.strictObject({
  from: localDateField.optional().describe('First day; without it since the beginning.'),
  through: localDateField.optional().describe("Last day, in the operator's zone; without it today."),
});
class PeriodQuery extends createZodDto(period) {}

@ApiTags('invoicing')
@Controller('v1/invoicing/statements')
export class AccountStatementController {
  constructor(private readonly statements: AccountStatementService) {}

  @Get(':accountId')
  @Allow({ roles: ['finance', 'billing', 'care', 'auditor'], scope: 'invoicing:read' })
  @ApiOperation({
    summary: "Opening balance, movements and closing balance of a customer's ledger accounts",
    description:
      'Minor units, debit positive: what the customer owes is above 0. Days are those of the books, so a closed period gives the same statement whenever it is asked for. At most 1,000 postings; 422 names the way out when there are more.',
  })
  async statement(
    @CurrentPrincipal() { tenantId }: Principal,
    @Param('accountId') accountId: string,
    @Query() query: PeriodQuery,
  ) {
    const { opening, movements, ...days } = await this.statements.read(tenantId, accountId, query);
    return {
      accountId,
      ...days,
      accounts: accountBalances(opening, movements),
      movements: movements.map(shown),
    };
  }

  @Get(':accountId/plain')
  @Allow({ roles: ['finance', 'billing', 'care', 'auditor'], scope: 'invoicing:read', subscriber: true })
  @ApiOperation({
    summary: 'The same in simple words: what is owed, and what changed it',
    description:
      'Subscribers see their own account. Above 0: the customer owes; below 0: is owed to the customer. Deposits and top-ups are kept apart and not in it.',
  })
  async plain(
    @CurrentPrincipal() principal: Principal,
    @Param('accountId') accountId: string,
    @Query() query: PeriodQuery,
  ) {
    if (principal.kind === 'subscriber' && principal.accountId !== accountId)
      throw notFound('account', accountId);
    const { opening, movements, ...days } = await this.statements.read(principal.tenantId, accountId, query);
    return { accountId, ...days, statements: plainStatements(opening, movements).map(inMoney) };
  }
}

const shown = ({ _id, rule, on, invoiceId, paymentId, note, lines }: StatementEntry) => ({
  id: _id,
  on,
  rule,
  invoiceId,
  paymentId,
  note: note ?? null,
  lines,
});

function inMoney({
  currency,
  openingMinor,
  closingMinor,
  lines,
}: ReturnType<typeof plainStatements>[number]) {
  const money = (minor: number) => ({ minor, currency });
  return {
    opening: money(openingMinor),
    lines: lines.map(
      ({
        on,
        what,
        invoiceId,
        amountMinor,
        balanceMinor,
      }): {
        on: LocalDate;
        what: string;
        invoiceId: string | null;
        amount: { minor: number; currency: string };
        balance: { minor: number; currency: string };
      } => ({ on, what, invoiceId, amount: money(amountMinor), balance: money(balanceMinor) }),
    ),
    closing: money(closingMinor),
  };
}
