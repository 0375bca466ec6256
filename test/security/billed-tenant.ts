import { setTimeout as pause } from 'node:timers/promises';
import { ApiError } from '../../tools/sample/api-client';
import { after, months } from '../../tools/sample/diary';
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

/** Late in the month, so that little time need pass. */
const startsAt = '2026-01-31T18:00:00.000Z';
const billedAt = '2026-02-03T17:00:00.000Z';

/** A tenant with something of everything: usage, a finished run, invoices due at once, payments, an account in collection. */
export async function billedTenant(address?: string): Promise<BilledTenant> {
  const cast = await Cast.open(address, startsAt);
  const story = new SampleStory(cast.api, () => undefined, seed);
  const [month] = months;
  await story.loadCatalog();
  await story.createCycle('automatic');
  await cast.api.advance(after(startsAt, 1));
  await onceKnown(() => story.loadSubscribers(smallest));
  for (const { externalId } of story.accounts) {
    const path = `/v1/customers/accounts/${story.accountIdOf(externalId)}`;
    await cast.caller.send('PATCH', path, { json: { termsDays: 0, reason: 'due at once' } });
  }
  await story.uploadUsage({ ...month, records });
  // The sandbox's network knows none of these SIMs: each becomes a case.
  const reason = 'the base was imported';
  await cast.caller.send('POST', '/v1/customers/network/reconciliations', { json: { reason } });
  await cast.api.advance(billedAt);
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
