import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow } from '@tollkeeper/platform';
import { achReturns } from '../../domain/debits/ach-returns';
import { sepaReturns } from '../../domain/debits/sepa-returns';
import { declineCodes } from '../../domain/retries/decline-codes';
import { merchantAdvice, visaCategories } from '../../domain/retries/network-advice';
import { schemeCaps } from '../../domain/retries/scheme-caps';

@ApiTags('payments')
@Controller('v1/payments/retry-rules')
export class RetryRulesController {
  @Get()
  @Allow({ roles: ['care', 'billing', 'finance', 'auditor'], scope: 'payments:read' })
  @ApiOperation({
    summary: 'What each decline and return code means for another try, as data',
    description:
      '`declines`: codes by category; `soft` may be tried again by itself, `actionRequired` only when the payer asks, `hard` and `fraud` not with that method. `mastercardAdvice` and `visaCategories`: what the card’s scheme says beside it; `isFinal` is never again, `waitHours` keeps the next try back. `caps`: tries in `withinHours`. `sepaReturns` (EPC173-14) and `achReturns` (Nacha, Appendix Four): whether the debit may be sent again, ends its mandate, and `within` what time it comes.',
  })
  rules() {
    return {
      ...{ declines: declineCodes, caps: schemeCaps, mastercardAdvice: merchantAdvice, visaCategories },
      ...{ sepaReturns, achReturns },
    };
  }
}
