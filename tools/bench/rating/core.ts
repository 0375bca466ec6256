import type { RateEntry } from '@tollkeeper/contracts';
import {
  compileCatalog,
  compileDeck,
  CyclePeriods,
  emptyState,
  foldGroup,
  type GuidedUsage,
  type GuideKnowledge,
  guideUsage,
  SubscriberDirectory,
  type UsageRecord,
} from '@tollkeeper/tariff';
import { bareDeck, bareLoop } from './bare-loop';
import { deckVersion, madeNumbers, nestedPrefixes, offering, rowsOf } from './made-tariff';
import { madeAccounts, madePeriod } from './made-usage';

/**
 * A program of `npm run bench -- rating`: one thread, the periods of 2,000 subscribers folded one after the other, from the
 * guided record to its charge, its explanation and the group's state; beside it a loop over the same records that
 * only matches and counts.
 */
const subscribersCount = 2_000;
const recordsCount = 200_000;
const rounds = 5;

interface Scene {
  known: GuideKnowledge;
  /** Group by group, in the order of events. */
  periods: UsageRecord[][];
  rows: RateEntry[];
}

function sceneOf(prefixCount: number): Scene {
  const next = madeNumbers(7);
  const prefixes = nestedPrefixes(prefixCount, next);
  const rows = rowsOf(prefixes, next);
  return {
    known: {
      directory: new SubscriberDirectory(madeAccounts(subscribersCount, 'plan')),
      catalog: compileCatalog([offering('plan')], [compileDeck(deckVersion, rows)]),
      periods: new CyclePeriods(),
    },
    periods: Array.from({ length: subscribersCount }, (_, no) =>
      madePeriod(no, recordsCount / subscribersCount, prefixes, next),
    ),
    rows,
  };
}

/** Every subscriber's month, put in order and folded. Who used it is found before: that is the suite `accounts`. */
function ratePeriods(periods: readonly GuidedUsage[][]): number {
  let total = 0;
  for (const usages of periods) {
    for (const { outcome } of foldGroup(emptyState(), usages).folded) {
      if ('suspended' in outcome) throw new Error(outcome.suspended);
      total += outcome.rated.amountMicro;
    }
  }
  return total;
}

function guidedOf(record: UsageRecord, known: GuideKnowledge): GuidedUsage {
  const guided = guideUsage(record, known);
  if (typeof guided === 'string') throw new Error(guided);
  return guided;
}

/** Seconds of a core, whatever else the machine does meanwhile: the best of some rounds, the first one warms up. */
function secondsOf(work: () => number): { seconds: number; total: number } {
  let [best, total] = [Infinity, work()];
  for (let round = 0; round < rounds; round += 1) {
    const started = process.cpuUsage();
    total = work();
    const { user, system } = process.cpuUsage(started);
    best = Math.min(best, (user + system) / 1_000_000);
  }
  return { seconds: best, total };
}

function measure(prefixCount: number): { core: number; bare: number } {
  const scene = sceneOf(prefixCount);
  const deck = bareDeck(scene.rows);
  const guided = scene.periods.map((records) => records.map((record) => guidedOf(record, scene.known)));
  const core = secondsOf(() => ratePeriods(guided));
  const bare = secondsOf(() => bareLoop(deck, scene.periods));
  // the loop rounds each record of data, the core their line
  if (Math.abs(core.total - bare.total) > recordsCount)
    throw new Error(`the loop came to ${bare.total} and the core to ${core.total} micro`);
  return { core: recordsCount / core.seconds, bare: recordsCount / bare.seconds };
}

const small = 10_000;
const large = 200_000;
const rounded = (value: number): number => Math.round(value * 100) / 100;

function main(): void {
  const [few, many] = [measure(small), measure(large)];
  const figures = [
    { name: 'coreToBareLoop', value: rounded(few.core / few.bare), unit: 'ratio', atLeast: 0.5 },
    { name: 'manyToFewPrefixes', value: rounded(many.core / few.core), unit: 'ratio', atLeast: 0.5 },
    { name: 'core', value: Math.round(few.core), unit: 'records/s' },
    { name: 'bareLoop', value: Math.round(few.bare), unit: 'records/s' },
    { name: 'coreManyPrefixes', value: Math.round(many.core), unit: 'records/s' },
  ];
  process.stdout.write(`FIGURES ${JSON.stringify(figures)}\n`);
}

main();
