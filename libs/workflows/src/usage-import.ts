import { type ImportProgress, usageImport as definition, type UsageImportInput } from '@tollkeeper/contracts';
import { rating, ratingBulk } from './services';
import { keepTime } from './until';

/** An activity run works this long, then reports and is called again: progress shows, a deploy loses little. */
const budgetMs = 20_000;
/** 20 s x 20,000: some four days of one file. */
const maxRounds = 20_000;

/** One usage file from its stored offset to its end. */
export async function usageImport(input: UsageImportInput): Promise<ImportProgress> {
  return keepTime(input, definition.rank, async () => {
    const { tenantId, importId, at } = input;
    let progress: ImportProgress | null = null;
    for (let round = 0; round < maxRounds; round++) {
      progress = await ratingBulk.importUsage({ tenantId, importId, at, budgetMs });
      if (progress.done) return progress;
    }
    await rating.failImport({ tenantId, importId, reason: `not finished after ${maxRounds} rounds`, at });
    return progress ?? emptyProgress(importId);
  });
}

const emptyProgress = (importId: string): ImportProgress => ({
  importId,
  done: false,
  counts: { received: 0, rated: 0, rejected: 0, inSuspense: 0, duplicate: 0, filtered: 0, aggregatedInto: 0 },
});
