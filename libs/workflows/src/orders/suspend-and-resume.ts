import { type Saga, step } from './saga';

export const suspension: Saga = [step('suspendInNetwork'), step('suspend', { final: true })];

export const resumption: Saga = [step('restoreInNetwork'), step('resume', { final: true })];
