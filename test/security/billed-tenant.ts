import { setTimeout as pause } from 'node:timers/promises';
import { ApiError } from '../../tools/sample/api-client';
import { Diary, after, months } from '../../tools/sample/diary';
import { SampleStory } from '../../tools/sample/sample-story';
import { Cast } from './cast';

const seed = 7;
/** One account of each plan. */
const smallest = 0.001;
const records = 200;

export interface BilledTenant {
  cast: Cast;
  story: SampleStory;
}

/** A tenant with something of everything: usage, a finished run, invoices, payments, an account in collection. */
export async function billedTenant(address?: string): Promise<BilledTenant> {
  const cast = await Cast.open(address);
  const story = new SampleStory(cast.api, () => undefined, seed);
  const diary = new Diary(story, cast.api, () => undefined);
  const [month] = months;
  await story.loadCatalog();
  await story.createCycle('automatic');
  await diary.advance('2026-01-01T06:00:00.000Z');
  await onceKnown(() => story.loadSubscribers(smallest));
  await story.uploadUsage({ ...month, records });
  await diary.advance(after(month.to, 12));
  await diary.advance('2026-02-20T17:00:00.000Z');
  return { cast, story };
}

const mostTries = 50;
const pollMs = 100;

/** Payments hears of new accounts a moment after customers has made them; the story's requests are repeatable. */
async function onceKnown(act: () => Promise<void>): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      return await act();
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 404 || tries === mostTries) throw error;
      await pause(pollMs);
    }
  }
}
