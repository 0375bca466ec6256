import type { CollectionInput, CollectionOutcome } from '@tollkeeper/contracts';
import { patched } from '@temporalio/workflow';
import { collectByMoves } from './collection-moves';
import { collectBySteps } from './collection-steps';

/**
 * One account's overdue debt as one process: retries, reminders, fees, bars and giving up are levels of one ladder.
 * Signals only wake it; before each step it asks payments what the case does now, and payment ends it at once.
 */
export async function collection(input: CollectionInput): Promise<CollectionOutcome> {
  return patched('collection-moves') ? collectByMoves(input) : collectBySteps(input);
}
