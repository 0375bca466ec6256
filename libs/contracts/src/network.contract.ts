import type { Instant } from '@tollkeeper/calendar';
import type { NetworkState } from './customers.contract';

/** What the network holds of a SIM; a deactivated one is no longer in service, and its number is free there. */
export type SimState = NetworkState | 'deactivated';

/** What a person has to look at; each case is about one SIM. */
export type NetworkCaseKind =
  | 'acknowledgementMissing'
  | 'refused'
  /** In service in the network, but not ours, or ended here. */
  | 'ghostSim'
  /** In service here, but the network does not have it. */
  | 'orphanSim'
  | 'stateDiffers';

/** Steps of the processes `provisioning` and `network-reconciliation`, answered by customers. */
export interface NetworkActivities {
  /** One round: sends what was placed, asks for acknowledgements that are due. `nextAt` null: nothing is open. */
  workProvisioning(input: {
    tenantId: string;
    at: Instant;
    limit: number;
  }): Promise<{ more: boolean; nextAt: Instant | null }>;
  /** The reconciliation that is to run now, if any, and when the next one is due; both null: none is wanted. */
  nextReconciliation(input: {
    tenantId: string;
    at: Instant;
  }): Promise<{ run: { runId: string; after: string | null } | null; nextAt: Instant | null }>;
  /** Compares one page of the network's list with ours. `next` null: the run is done. */
  reconcileNetworkPage(input: {
    tenantId: string;
    runId: string;
    after: string | null;
    limit: number;
    at: Instant;
  }): Promise<{ next: string | null; retryAt: Instant | null }>;
}
