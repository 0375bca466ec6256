import { payOutCredit } from './pay-out-credit';
import { type Saga, step } from './saga';

/** A port-out is a right: nothing that is owed and nobody's silence holds it up. */
export const portOut: Saga = [step('releaseNumber', { final: true })];

export const termination: Saga = [step('disconnect'), step('endService', { final: true }), payOutCredit];

export const transfer: Saga = [step('moveSubscription', { final: true })];
