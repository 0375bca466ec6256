import { Body, Controller, Get, Post, UseInterceptors } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { postingRules, postingSources, type PostingRule } from '@tollkeeper/contracts';
import {
  Allow,
  CurrentPrincipal,
  Idempotent,
  idField,
  type Principal,
  reasonField,
  refuseFindings,
} from '@tollkeeper/platform';
import { amountField } from '../amount-field';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { type EntryRule, entryRules, isEntryRule, isPostingRule } from '../domain/ledger/entry-rules';
import { paidStateOf } from '../domain/ledger/open-item';
import { type Entry, EntryService, type PostedEntry } from './entry.service';

class EntryRequest extends createZodDto(
  z.strictObject({
    rule: z.string().min(1).max(64).describe('See `GET /v1/invoicing/ledger/rules`.'),
    accountId: idField.optional(),
    invoiceId: z.string().min(1).max(256).optional(),
    gateway: z
      .string()
      .regex(/^[a-zA-Z][a-zA-Z0-9-]{0,31}$/, 'must be a gateway, or bank, cash, cheque, voucher')
      .optional(),
    amount: amountField.optional(),
    reason: reasonField,
  }),
) {}

@ApiTags('invoicing')
@Controller('v1/invoicing/ledger')
export class EntryController {
  constructor(private readonly entries: EntryService) {}

  @Get('rules')
  @Allow({ roles: ['finance', 'billing', 'auditor'], scope: 'invoicing:read' })
  @ApiOperation({
    summary:
      'The posting table: which accounts each rule debits and credits, its source, and who may post it',
  })
  rules() {
    return { data: (Object.keys(postingRules) as PostingRule[]).map(ruleView) };
  }

  @Post('entries')
  @UseInterceptors(Idempotent)
  @Allow({ roles: ['finance'], scope: 'invoicing:write' })
  @ApiOperation({
    summary: 'Post an entry by hand',
    description:
      'Amounts in minor units, above 0. Rules about an invoice need `invoiceId` and move its open amount in the same transaction; those about an account need `accountId`; `gateway` is needed where money came or went outside the gateways. `writeOff` and `badDebtRelief` may leave the amount out: all there is. A write-off sets the flag `writtenOff`, and payments stops collecting. 422 for rules that only the system posts and for amounts beyond what is there; nothing is written then.',
  })
  async post(@CurrentPrincipal() principal: Principal, @Body() body: EntryRequest) {
    return view(await this.entries.post(principal, entryOf(body)));
  }
}

function entryOf({ rule, accountId, invoiceId, gateway, amount, reason }: EntryRequest): Entry {
  if (!isEntryRule(rule)) {
    const why = isPostingRule(rule) ? 'is posted by the system alone' : 'is not in the posting table';
    const hint = `A person may post: ${Object.keys(entryRules).join(', ')}.`;
    refuseFindings([{ field: 'rule', reason: `${rule} ${why}` }], hint);
    throw new RangeError(rule);
  }
  const { about, gateway: needsGateway, amount: needs }: EntryRule = entryRules[rule];
  refuseFindings(
    [
      ...named('invoiceId', invoiceId, about === 'invoice', rule),
      ...(about === 'invoice' ? [] : named('accountId', accountId, about === 'account', rule)),
      ...named('gateway', gateway, needsGateway, rule),
      ...(needs === 'given' && !amount ? [{ field: 'amount', reason: `${rule} needs an amount` }] : []),
    ],
    'See GET /v1/invoicing/ledger/rules.',
  );
  return {
    rule,
    accountId: accountId ?? null,
    invoiceId: invoiceId ?? null,
    gateway: gateway ?? null,
    amountMinor: amount?.minor ?? null,
    currency: amount?.currency ?? null,
    reason,
  };
}

function named(field: string, value: string | undefined, needed: boolean, rule: string) {
  if (needed === (value !== undefined)) return [];
  return [{ field, reason: needed ? `${rule} needs it` : `${rule} takes none` }];
}

function ruleView(rule: PostingRule) {
  const byHand: EntryRule | null = isEntryRule(rule) ? entryRules[rule] : null;
  return {
    rule,
    lines: postingRules[rule].map(({ account, side, amount }) => ({ account, side, amount })),
    source: postingSources[rule],
    postedBy: byHand ? 'finance' : 'system',
    entry: byHand,
  };
}

const view = ({ posting, invoice }: PostedEntry) => ({
  id: posting._id,
  rule: posting.rule,
  at: posting.at,
  on: posting.on,
  accountId: posting.accountId,
  invoiceId: posting.invoiceId,
  lines: posting.lines,
  invoice: invoice && {
    id: invoice._id,
    open: { minor: invoice.openMinor, currency: invoice.currency },
    paymentState: paidStateOf(invoice),
    writtenOff: invoice.writeOff !== null,
  },
});
