import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { Allow, CurrentPrincipal, type Principal, reasonField } from '@tollkeeper/platform';
import { defaultSessionRules, usageEdges } from '@tollkeeper/tariff';
import { RatingSettingsService } from './rating-settings.service';

const mostSilenceHours = 24 * 31;
const crossing = z.enum(['split', 'byStart']);

class RatingSettingsRequest extends createZodDto(
  z.strictObject({
    silenceHours: z.number().int().min(1).max(mostSilenceHours),
    edges: z.array(z.enum(usageEdges)).max(usageEdges.length),
    sessions: crossing,
    calls: crossing,
    reason: reasonField,
  }),
) {}

const { silenceHours, edges, sessions, calls } = defaultSessionRules;

@ApiTags('rating')
@Controller('v1/rating/settings')
export class RatingSettingsController {
  constructor(private readonly settings: RatingSettingsService) {}

  @Get()
  @Allow({ roles: ['billing', 'care', 'auditor'], scope: 'rating:read' })
  @ApiOperation({ summary: 'How sessions close and where usage is cut' })
  async load(@CurrentPrincipal() { tenantId }: Principal) {
    return this.settings.rules(tenantId);
  }

  @Put()
  @Allow({ roles: ['billing'], scope: 'rating:write' })
  @ApiOperation({
    summary: 'Change how sessions close and where usage is cut',
    description:
      'A session of partial records closes on its final record or after `silenceHours` hours without use or record ' +
      `(default ${silenceHours}). At the \`edges\` (default ${edges.join(', ')}) usage is cut (\`split\`) or ` +
      `belongs to its start (\`byStart\`): \`sessions\` (default ${sessions}) and whole \`calls\` (default ${calls}). ` +
      'Seconds fall where they were used; data evenly by time, with what is left over by whole bytes on the last part. ' +
      'Holds for what is rated from now on.',
  })
  change(@CurrentPrincipal() principal: Principal, @Body() { reason, ...rules }: RatingSettingsRequest) {
    return this.settings.change(principal, rules, reason);
  }
}
