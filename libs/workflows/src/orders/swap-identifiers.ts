import { type Saga, step } from './saga';

/** The network takes the old card out of service with the same order. */
export const simSwap: Saga = [
  step('reserveIdentifiers', { phase: 'atOnce' }),
  step('swapInNetwork'),
  step('replaceSim', { final: true }),
];

export const numberChange: Saga = [
  step('reserveIdentifiers', { phase: 'atOnce' }),
  step('changeNumberInNetwork'),
  step('replaceNumber', { final: true }),
];

/** At the agreed time the number comes in and the provisional one ends. The number is not ours to reserve. */
export const portIn: Saga = [step('changeNumberInNetwork'), step('replaceNumber', { final: true })];
