import { Injectable } from '@nestjs/common';
import type { Cycle } from '@tollkeeper/calendar';
import { CycleRepository } from './cycle.repository';
import { checkCycle, type CycleChoice } from './domain/cycle-definitions';
import type { Finding } from './domain/finding';
import { refuseFindings } from './refuse-findings';

/** Keeps one description of each billing cycle that accounts are in. */
@Injectable()
export class AccountCycles {
  constructor(private readonly cycles: CycleRepository) {}

  /** In the transaction that puts accounts into cycles; the first description of a cycle is the one that stays. */
  async agree(
    tenantId: string,
    accounts: { choice: CycleChoice; field: string }[],
  ): Promise<Map<string, Cycle>> {
    const known = await this.cycles.definitions(
      tenantId,
      accounts.map(({ choice }) => choice.cycleId),
    );
    const added = new Map<string, Cycle>();
    const findings: Finding[] = [];
    for (const { choice, field } of accounts) {
      const found = checkCycle(choice, known);
      findings.push(
        ...found.map((finding) => ({
          ...finding,
          field: field ? `${field}.${finding.field}` : finding.field,
        })),
      );
      if (found.length > 0 || choice.cycleId === null || !choice.cycle || known.has(choice.cycleId)) continue;
      known.set(choice.cycleId, choice.cycle);
      added.set(choice.cycleId, choice.cycle);
    }
    refuseFindings(findings);
    await this.cycles.define(tenantId, added);
    return known;
  }
}
