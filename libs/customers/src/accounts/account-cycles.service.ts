import { Injectable } from '@nestjs/common';
import type { Cycle } from '@tollkeeper/calendar';
import { refuseFindings } from '@tollkeeper/platform';
import { CycleRepository } from '../copies/cycle.repository';

/** Which billing cycles accounts may be put into: those that invoicing told of. */
@Injectable()
export class AccountCycles {
  constructor(private readonly cycles: CycleRepository) {}

  async require(
    tenantId: string,
    wanted: { cycleId: string | null; field: string }[],
  ): Promise<Map<string, Cycle>> {
    const known = await this.cycles.definitions(
      tenantId,
      wanted.map(({ cycleId }) => cycleId),
    );
    refuseFindings(
      wanted
        .filter(({ cycleId }) => cycleId !== null && !known.has(cycleId))
        .map(({ cycleId, field }) => ({
          field: field ? `${field}.cycleId` : 'cycleId',
          reason: `cycle ${cycleId} is not known here (yet): create it at POST /v1/invoicing/cycles, it arrives within a second`,
        })),
    );
    return known;
  }
}
