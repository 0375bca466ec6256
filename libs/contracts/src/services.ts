/** One name everywhere: folder, Nx project, task queue, database, URL prefix, log field, proxy. */
export const serviceNames = [
  'identity',
  'catalog',
  'customers',
  'rating',
  'invoicing',
  'payments',
  'notifications',
] as const;

export type ServiceName = (typeof serviceNames)[number];

/** Task queue of the workflow worker. */
export const orchestratorQueue = 'orchestrator';

/** Short steps (< 10 s). */
export const queueOf = (service: ServiceName): string => service;

/** Mass work: few slots, heartbeats, cancellable; never stands before a short step. */
export const bulkQueueOf = (service: ServiceName): string => `${service}-bulk`;

/**
 * Every service answers this: rows that will still cause something (outbox, inbox) for a tenant. What becomes an
 * outbox row is counted before the outbox, so that a row which moves on meanwhile is not missed.
 */
export interface ServiceActivities {
  pendingWork(input: { tenantId: string }): Promise<{ pending: number; oldestError?: string }>;
}
