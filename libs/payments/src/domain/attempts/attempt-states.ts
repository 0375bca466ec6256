import type { AttemptState } from '@tollkeeper/contracts';

/** `created`: the intent is durable, its outcome not yet; only payments itself ever sees it. */
export type AttemptProgress = 'created' | AttemptState;

const nextStates: Record<AttemptProgress, readonly AttemptState[]> = {
  created: ['succeeded', 'pending', 'requiresAction', 'declined', 'gatewayFailure', 'unknown'],
  unknown: ['succeeded', 'pending', 'declined', 'gatewayFailure'],
  pending: ['succeeded', 'declined', 'gatewayFailure'],
  requiresAction: ['succeeded', 'declined', 'cancelled'],
  declined: [],
  // Confirmed while it was being cancelled: it is money all the same.
  cancelled: ['succeeded'],
  // Money that the gateway booked later than it promised to is still the payer's money: it is recorded, never dropped.
  gatewayFailure: ['succeeded', 'pending'],
  succeeded: [],
};

export const mayBecome = (from: AttemptProgress, to: AttemptState): boolean => nextStates[from].includes(to);

/** The money may be taken or on its way: its reservation stays, no other attempt and no dunning step goes on. */
export const openStates = ['created', 'pending', 'unknown'] as const satisfies readonly AttemptProgress[];

/** Not at its end: it is looked up, waits for its card holder, or for a person's decision. */
export const watchedStates = [...openStates, 'requiresAction'] as const satisfies readonly AttemptProgress[];

export const isOpen = (state: AttemptProgress): boolean =>
  openStates.some((openState) => openState === state);

/** Whoever charged was told otherwise: it was unknown or pending and no longer is, or had failed and is paid after all. */
export const isNews = (before: AttemptProgress, after: AttemptProgress): boolean =>
  before !== 'created' && !isOpen(after) && (isOpen(before) || after === 'succeeded');

const worstFirst: readonly AttemptState[] = [
  'unknown',
  'pending',
  'requiresAction',
  'declined',
  'gatewayFailure',
  'cancelled',
  'succeeded',
];

/** What several charges of one account come to: as good as the worst of them. */
export function overallState(states: readonly AttemptProgress[]): AttemptState | 'notAllowed' {
  if (states.includes('created')) return 'unknown';
  return worstFirst.find((state) => states.includes(state)) ?? 'notAllowed';
}
