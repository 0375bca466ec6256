import { firstCharge } from './first-charge';
import { type Saga, step } from './saga';

/** Number and SIM are kept for the order from its first moment on; the service lives once the network and the payer agreed. */
export const activation: Saga = [
  step('reserveIdentifiers', { phase: 'atOnce' }),
  step('provision'),
  firstCharge,
  step('activate', { final: true }),
  step('welcome', { final: true }),
];
