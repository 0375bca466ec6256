/** The life of a plan paid in advance. In grace it goes on unpaid; lapsed it has stopped, and paying brings it back; expired it has ended for good. */
export type RenewalState = 'active' | 'grace' | 'lapsed' | 'expired';

export type RenewalEvent =
  /** The next period is paid, in time or late. */
  | 'paid'
  /** The charge before the period failed. */
  | 'refused'
  | 'graceEnded'
  /** Its last paid period ended and no further one was wanted. */
  | 'notRenewed'
  /** It has lapsed for as long as the tenant keeps its number. */
  | 'keptLongEnough';

const next: Record<RenewalState, Partial<Record<RenewalEvent, RenewalState>>> = {
  active: { paid: 'active', refused: 'grace', notRenewed: 'lapsed' },
  grace: { paid: 'active', graceEnded: 'lapsed' },
  lapsed: { paid: 'active', keptLongEnough: 'expired' },
  expired: {},
};

/** `null`: the event means nothing in this state. */
export const renewalAfter = (state: RenewalState, event: RenewalEvent): RenewalState | null =>
  next[state][event] ?? null;
