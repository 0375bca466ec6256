import { type Saga, step } from './saga';

/** The new SIM works before the old one is taken away. */
export const simSwap: Saga = [
  step('reserveIdentifiers', { phase: 'atOnce' }),
  step('provisionNewSim'),
  step('replaceSim', { final: true }),
  step('removeOldSim', { final: true }),
];

export const numberChange: Saga = [
  step('reserveIdentifiers', { phase: 'atOnce' }),
  step('changeNumberInNetwork'),
  step('replaceNumber', { final: true }),
];

/** At the agreed time the number comes in and the provisional one ends. */
export const portIn: Saga = [
  step('reserveIdentifiers', { phase: 'atOnce' }),
  step('changeNumberInNetwork'),
  step('replaceNumber', { final: true }),
];
