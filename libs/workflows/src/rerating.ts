import {
  rerating as definition,
  type ReratingInput,
  type ReratingProgress,
  reratingShown,
} from '@tollkeeper/contracts';
import { ratingBulk } from './services';
import { show } from './show';
import { keepTime } from './until';

/** An activity works this long, then reports and is called again: progress shows, a deploy loses little. */
const budgetMs = 20_000;
/** 20 s x 5,000: more than a day of one request. */
const maxRounds = 5_000;

/** One request to rate again, from its first period to its last. */
export async function rerating(input: ReratingInput): Promise<ReratingProgress> {
  return keepTime(input, definition.rank, async () => {
    const { tenantId, reratingId, at } = input;
    let progress = nothingYet(reratingId);
    show(reratingShown, () => progress);
    for (let round = 0; round < maxRounds; round++) {
      progress = await ratingBulk.rerateUsage({ tenantId, reratingId, at, budgetMs });
      if (progress.done) return progress;
    }
    const reason = `not finished after ${maxRounds} rounds`;
    await ratingBulk.failRerating({ tenantId, reratingId, reason, at });
    return progress;
  });
}

const nothingYet = (reratingId: string): ReratingProgress => ({
  reratingId,
  done: false,
  counts: {
    periods: 0,
    records: 0,
    changed: 0,
    unratable: 0,
    beforeMicro: 0,
    afterMicro: 0,
    correctedMicro: 0,
  },
});
