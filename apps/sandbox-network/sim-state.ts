export const SIM_STATES = [
  'active',
  'barRoamingData',
  'barData',
  'barOutgoing',
  'barAll',
  'suspended',
  'throttled',
  'deactivated',
] as const;
export type SimState = (typeof SIM_STATES)[number];

const CUTS_CALLS: Record<SimState, boolean> = {
  active: false,
  throttled: false,
  barRoamingData: false,
  barData: false,
  barOutgoing: true,
  barAll: true,
  suspended: true,
  deactivated: false,
};

/** Whoever is cut off must still reach emergency services and the line to pay: such an order must name them. */
export function lacksOpenLines(state: SimState, keepOpen: readonly string[]): boolean {
  return CUTS_CALLS[state] && keepOpen.length === 0;
}
