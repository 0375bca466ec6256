import { type Saga, step } from './saga';

/** A dated change is told at once, so that rating and billing know it before its day; until then it can be cancelled. */
export const planChange: Saga = [
  step('schedulePlan', { phase: 'atOnce' }),
  step('planInForce', { final: true }),
];

export const addOnChange: Saga = [
  step('scheduleAddOn', { phase: 'atOnce' }),
  step('addOnInForce', { final: true }),
];
