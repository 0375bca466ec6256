import { firstCharge } from './first-charge';
import { type Saga, step } from './saga';
import { takeDeposit } from './take-deposit';

/** Number and SIM are kept for the order from its first moment on; the service lives once a deposit is there and the network and the payer agreed. */
export const activation: Saga = [
  step('reserveIdentifiers', { phase: 'atOnce' }),
  takeDeposit,
  step('provision'),
  firstCharge,
  step('activate', { final: true }),
  step('welcome', { final: true }),
];
