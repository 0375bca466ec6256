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
const rounds = 15;

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

/** Seconds of a core, whatever else the machine does meanwhile. */
function secondsOf(work: () => number): number {
  const started = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(started);
  return (user + system) / 1_000_000;
}

/** The best of some rounds of each; they take turns, so that what else the machine does meets them alike. */
function bestOf(works: readonly (() => number)[]): number[] {
  const best = works.map(() => Infinity);
  for (let round = 0; round < rounds; round += 1)
    works.forEach((work, at) => (best[at] = Math.min(best[at]!, secondsOf(work))));
  return best;
}

/** The core and the loop over one scene; to have come to the same warms both up. */
function worksOf(prefixCount: number): { core: () => number; bare: () => number } {
  const scene = sceneOf(prefixCount);
  const deck = bareDeck(scene.rows);
  const guided = scene.periods.map((records) => records.map((record) => guidedOf(record, scene.known)));
  const core = () => ratePeriods(guided);
  const bare = () => bareLoop(deck, scene.periods);
  const totals = { core: core(), bare: bare() };
  // the loop rounds each record of data, the core their line
  if (Math.abs(totals.core - totals.bare) > recordsCount)
    throw new Error(`the loop came to ${totals.bare} and the core to ${totals.core} micro`);
  return { core, bare };
}

const small = 10_000;
const large = 200_000;
const rounded = (value: number): number => Math.round(value * 100) / 100;

function main(): void {
  const [few, many] = [worksOf(small), worksOf(large)];
  const [core, bare, coreMany] = bestOf([few.core, few.bare, many.core]) as [number, number, number];
  const figures = [
    { name: 'coreToBareLoop', value: rounded(bare / core), unit: 'ratio', atLeast: 0.5 },
    { name: 'manyToFewPrefixes', value: rounded(core / coreMany), unit: 'ratio', atLeast: 0.5 },
    { name: 'core', value: Math.round(recordsCount / core), unit: 'records/s' },
    { name: 'bareLoop', value: Math.round(recordsCount / bare), unit: 'records/s' },
    { name: 'coreManyPrefixes', value: Math.round(recordsCount / coreMany), unit: 'records/s' },
  ];
  process.stdout.write(`FIGURES ${JSON.stringify(figures)}\n`);
}

main();
