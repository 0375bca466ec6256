import { Injectable } from '@nestjs/common';
import type { CollectionActivities as Contract } from '@tollkeeper/contracts';
import { CaseFees } from './case-fees.service';
import { CaseNotices } from './case-notices.service';
import { CaseStateService } from './case-state.service';
import { InstalmentCharging } from './instalment-charging.service';

type Input<Name extends keyof Contract> = Parameters<Contract[Name]>[0];

@Injectable()
export class CollectionActivities implements Contract {
  constructor(
    private readonly cases: CaseStateService,
    private readonly fees: CaseFees,
    private readonly notices: CaseNotices,
    private readonly instalments: InstalmentCharging,
  ) {}

  nextCollectionMove({ tenantId, caseId, at }: Input<'nextCollectionMove'>) {
    return this.cases.look(tenantId, caseId, at);
  }

  recordNotices({ tenantId, caseId, at, notices }: Input<'recordNotices'>) {
    return this.notices.record(tenantId, caseId, at, notices);
  }

  async assessLateFees({ tenantId, ...wanted }: Input<'assessLateFees'>) {
    return { entries: await this.fees.assess(tenantId, wanted) };
  }

  recordLateFees({ tenantId, caseId, levelId, postedKeys }: Input<'recordLateFees'>) {
    return this.fees.record(tenantId, caseId, levelId, postedKeys);
  }

  async debtsToWriteOff({ tenantId, caseId, at }: Input<'debtsToWriteOff'>) {
    return { entries: await this.fees.debtsToWriteOff(tenantId, caseId, at) };
  }

  chargeInstalment({ tenantId, caseId, no, at }: Input<'chargeInstalment'>) {
    return this.instalments.charge(tenantId, caseId, no, at);
  }
}
