import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import { ChargingService } from '../attempts/charging.service';
import { overallState } from '../domain/attempts/attempt-states';
import { nextInstalment, planDebtOf } from '../domain/dunning/instalments';
import { availableMinor } from '../domain/attempts/reservations';
import { CaseStateService } from './case-state.service';
import { type DebtPart, upTo } from './split-debt';

/** Charges an instalment of a plan, no more than what is missing of it. */
@Injectable()
export class InstalmentCharging {
  constructor(
    private readonly cases: CaseStateService,
    private readonly charging: ChargingService,
  ) {}

  async charge(tenantId: string, caseId: string, no: number, at: Instant): Promise<{ state: string }> {
    const { row, planned } = await this.cases.debtOf(tenantId, caseId, at);
    const { plan, accountId } = row;
    const next = plan && nextInstalment(plan, planDebtOf(plan, planned, row.disputes ?? []));
    if (!plan || !next || next.instalment.no !== no) return { state: 'notAllowed' };
    const attempts = await this.charging.chargeAll(tenantId, at, {
      accountId,
      payables: portions(planned, next.missingMinor),
      reason: `${caseId}.${plan.planId}-${no}`,
      caseId,
      initiator: 'merchant',
    });
    return { state: overallState(attempts.map(({ state }) => state)) };
  }
}

/** The oldest invoice first. */
function portions(parts: readonly DebtPart[], amountMinor: number) {
  let rest = amountMinor;
  return parts.flatMap(({ payable, plannedMinor }) => {
    const portion = Math.min(rest, plannedMinor, availableMinor(payable));
    rest -= portion;
    return upTo(payable, portion) ?? [];
  });
}
