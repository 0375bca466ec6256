import { Injectable } from '@nestjs/common';
import type { NetworkActivities as NetworkContract } from '@tollkeeper/contracts';
import { ProvisioningService } from './provisioning.service';
import { ReconciliationService } from './reconciliation.service';

type InputOf<Name extends keyof NetworkContract> = Parameters<NetworkContract[Name]>[0];

@Injectable()
export class NetworkActivities implements NetworkContract {
  constructor(
    private readonly provisioning: ProvisioningService,
    private readonly reconciliations: ReconciliationService,
  ) {}

  workProvisioning(input: InputOf<'workProvisioning'>) {
    return this.provisioning.work(input);
  }

  nextReconciliation(input: InputOf<'nextReconciliation'>) {
    return this.reconciliations.next(input);
  }

  reconcileNetworkPage(input: InputOf<'reconcileNetworkPage'>) {
    return this.reconciliations.page(input);
  }
}
