import {
  subscriberImport as definition,
  type SubscriberImportInput,
  type SubscriberImportProgress,
} from '@tollkeeper/contracts';
import { customersBulk } from './services';
import { keepTime } from './until';

/** An activity run works this long, then reports and is called again: progress shows, a deploy loses little. */
const budgetMs = 20_000;
/** 20 s x 2,000: half a day of one file. */
const maxRounds = 2_000;

/** One file of subscribers from its stored offset to its end. */
export async function subscriberImport(input: SubscriberImportInput): Promise<SubscriberImportProgress> {
  return keepTime(input, definition.rank, async () => {
    const { tenantId, importId, at } = input;
    let progress = nothingYet(importId);
    for (let round = 0; round < maxRounds; round++) {
      progress = await customersBulk.importSubscribers({ tenantId, importId, at, budgetMs });
      if (progress.done) return progress;
    }
    const reason = `not finished after ${maxRounds} rounds`;
    await customersBulk.failSubscriberImport({ tenantId, importId, reason, at });
    return progress;
  });
}

const nothingYet = (importId: string): SubscriberImportProgress => ({
  importId,
  done: false,
  counts: { lines: 0, created: 0, changed: 0, unchanged: 0, rejected: 0 },
});
