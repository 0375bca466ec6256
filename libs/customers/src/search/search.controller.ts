import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { Allow, CurrentPrincipal, type Principal } from '@tollkeeper/platform';
import { matchKinds, SearchService } from './search.service';

class SearchQuery extends createZodDto(
  z.strictObject({
    q: z.string().trim().min(2, 'search for at least 2 characters').max(120),
    limit: z.coerce.number().int().min(1).max(50).default(20),
  }),
) {}

class SearchPage extends createZodDto(
  z.object({
    data: z.array(
      z.object({
        accountId: z.string(),
        externalId: z.string(),
        customerName: z.string(),
        email: z.string(),
        restriction: z.enum(['active', 'barOutgoing', 'suspended']),
        matched: z.array(
          z.object({
            what: z.enum(matchKinds),
            value: z.string(),
            from: z.string().optional().describe('Identifiers: since when the account has it'),
            to: z.string().nullish().describe('Exclusive; null while it lasts'),
          }),
        ),
      }),
    ),
    hasMore: z.boolean().describe('There are more accounts: type more of it'),
  }),
) {}

@ApiTags('customers')
@Controller('v1/customers/search')
export class SearchController {
  constructor(private readonly search: SearchService) {}

  @Get()
  @Allow({ roles: ['care', 'billing', 'finance', 'auditor'], scope: 'customers:read' })
  @ApiOperation({
    summary: 'Find accounts by whatever a caller can name',
    description:
      '`q` is the beginning of a word of the name (and the words behind it), of an MSISDN (also with +, 00, blanks, or as dialled within the country), ' +
      'IMSI or ICCID that the account has or had, of an e-mail address, an externalId of account or subscription, an invoice number, or a whole accountId. ' +
      'Case and accents do not matter in names. `matched` says what was found; what is `q` as a whole comes first.',
  })
  @ApiOkResponse({ type: SearchPage })
  async find(@CurrentPrincipal() { tenantId }: Principal, @Query() { q, limit }: SearchQuery) {
    const { data, hasMore } = await this.search.find(tenantId, q, limit);
    return {
      data: data.map(({ account: { _id, externalId, customerName, email, restriction }, matched }) => ({
        accountId: _id,
        externalId,
        customerName,
        email,
        restriction,
        matched,
      })),
      hasMore,
    };
  }
}
