import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { barStates, type BarState, networkServices } from '../domain/bar-profiles';
import type { NetworkCaseRow } from './network-case.schema';
import { caseKinds } from './network-requests';
import type { ReconciliationRow } from './reconciliation.schema';

const profile = z.object({ services: z.array(z.enum(networkServices)), lines: z.array(z.string()) });

const networkCase = z.object({
  caseId: z.string(),
  kind: z.enum(caseKinds),
  state: z.enum(['open', 'resolved']),
  iccid: z.string(),
  subscriptionId: z.string().nullable(),
  accountId: z.string().nullable(),
  orderKey: z.string().nullable().describe('The order whose confirmation ends the case'),
  detail: z.string(),
  openedAt: z.string(),
  retries: z.number().int(),
  resolvedAt: z.string().nullable(),
  resolvedBy: z.string().nullable().describe('`network`, `reconciliation`, or who did it'),
  reason: z.string().nullable(),
});

const reconciliation = z.object({
  runId: z.string().describe('The local date of a daily one'),
  state: z.enum(['wanted', 'running', 'done', 'failed']),
  wantedBy: z.string(),
  wantedAt: z.string(),
  endedAt: z.string().nullable(),
  counts: z.object({
    listed: z.number().int().describe('SIMs that the network listed'),
    ours: z.number().int().describe('SIMs in service here'),
    ghostSims: z.number().int(),
    orphanSims: z.number().int(),
    differing: z.number().int(),
  }),
  detail: z.string(),
});

export class NetworkSettingsView extends createZodDto(
  z.object({
    acknowledgeWithinHours: z.number().int(),
    reconcileDailyAt: z.string().nullable(),
    profiles: z.object(
      Object.fromEntries(barStates.map((state) => [state, profile])) as Record<BarState, typeof profile>,
    ),
  }),
) {}
export class NetworkCaseView extends createZodDto(networkCase) {}
export class NetworkCasePageView extends createZodDto(
  z.object({ data: z.array(networkCase), hasMore: z.boolean() }),
) {}
export class ReconciliationView extends createZodDto(reconciliation) {}
export class ReconciliationPageView extends createZodDto(
  z.object({ data: z.array(reconciliation), hasMore: z.boolean() }),
) {}

export const networkCaseView = (row: NetworkCaseRow) => {
  const { _id: caseId, kind, state, iccid, subscriptionId, accountId, orderKey, detail } = row;
  const { openedAt, retries, resolvedAt, resolvedBy, reason } = row;
  const about = { caseId, kind, state, iccid, subscriptionId, accountId, orderKey, detail };
  return { ...about, openedAt, retries, resolvedAt, resolvedBy, reason };
};

export const reconciliationView = (row: ReconciliationRow) => {
  const { runId, state, wantedBy, wantedAt, endedAt, counts, detail } = row;
  return { runId, state, wantedBy, wantedAt, endedAt, counts, detail };
};
