/** `available` is never written down: it is what a number or SIM is when nothing else holds it. */
type HeldState = 'reserved' | 'assigned' | 'ageing' | 'portedOut';
export type InventoryState = 'available' | HeldState;

export const inventoryStates = ['available', 'reserved', 'assigned', 'ageing', 'portedOut'] as const;

export type InventoryMove =
  | 'reserve'
  | 'release'
  | 'assign'
  | 'portIn'
  | 'age'
  | 'free'
  | 'portOut'
  | 'giveAway'
  | 'takeBack'
  | 'lapse';

/**
 * The only list of what may become of a number or SIM. Two guards stand beside it, in `identifier-book.ts`: a
 * reservation serves its own order only, and what is ageing goes to nobody but the account that had it last.
 */
export const inventoryMoves: Record<InventoryMove, Partial<Record<InventoryState, InventoryState>>> = {
  reserve: { available: 'reserved', reserved: 'reserved' },
  release: { reserved: 'available' },
  assign: { available: 'assigned', reserved: 'assigned', ageing: 'assigned' },
  portIn: { available: 'assigned', reserved: 'assigned', ageing: 'assigned', portedOut: 'assigned' },
  age: { assigned: 'ageing' },
  free: { assigned: 'available' },
  portOut: { assigned: 'portedOut' },
  /** Of a range that was handed in with numbers that are elsewhere. */
  giveAway: { available: 'portedOut' },
  takeBack: { portedOut: 'available' },
  /** By its date alone: no process wakes for it. */
  lapse: { reserved: 'available', ageing: 'available' },
};

export const mayMove = (move: InventoryMove, state: InventoryState): boolean =>
  inventoryMoves[move][state] !== undefined;
