import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { NativeConnection, Worker } from '@temporalio/worker';
import { collection, type CollectionLook, orchestratorQueue, queueOf } from '@tollkeeper/contracts';

/**
 * A program of `npm run bench -- payments`: open collections of a live tenant on a Temporal server of their own, with the
 * real process and a payments service that only answers "wait until then", the same instant for all. What they cost the
 * server's process is measured over 2,000, and told for 10,000 by what those after the first quarter added (a server grows
 * at its start whatever it keeps); then the instant comes for all of them.
 */
/** Fewer tell nothing of what one costs: the part has one size. */
const opened = 2_000;
const toldFor = 10_000;
const openedWithinMs = 20_000 + opened * 60;
const startsAtOnce = 20;
const watchedMs = 45_000;
const memoryCeiling = 1_000;
const wakesCeiling = 0.02;
const kilobytesPerMegabyte = 1_000;
const bundle = resolve(__dirname, '..', '..', '..', 'workflow-bundle.js');

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const round = (value: number, digits: number): number => Math.round(value * 10 ** digits) / 10 ** digits;
const residentMegabytes = (pid: string): number =>
  Number(execFileSync('ps', ['-o', 'rss=', '-p', pid]).toString()) / kilobytesPerMegabyte;

const levels = Array.from({ length: 7 }, (_, no) => ({
  levelId: `d${no}`,
  daysOverdue: no,
  actions: [{ kind: 'sendMessage' as const, template: 'reminder1' }],
}));
const policy = { policyId: 'default', version: 1, minimumMinor: 100, stepHour: 9, levels };

const tellWait = (until: string | null): CollectionLook => ({
  facts: {
    openMinor: 1_500,
    currency: 'EUR',
    oldestDueOn: '2026-02-01',
    zone: 'Europe/Berlin',
    hold: null,
    promise: null,
    writtenOff: false,
    attemptOpen: false,
    restricted: false,
  },
  move: { kind: 'wait', until, levelId: 'd0', why: '1 day after 2026-02-01' },
  taken: [],
});

async function open(client: Client, at: string, from: number, to: number): Promise<number> {
  const begun = performance.now();
  let next = from;
  const starter = async () => {
    for (let no = next++; no < to; no = next++) {
      const input = { tenantId: 'ten_bench', at, accountId: `acc_${no}`, caseId: `col_${no}`, policy };
      const options = { workflowId: collection.id(input), taskQueue: orchestratorQueue, args: [input] };
      await client.workflow.start(collection.workflow, options);
    }
  };
  await Promise.all(Array.from({ length: startsAtOnce }, starter));
  return performance.now() - begun;
}

async function main(): Promise<void> {
  const { TEMPORAL_ADDRESS = '', TEMPORAL_PID = '' } = process.env;
  const connection = await NativeConnection.connect({ address: TEMPORAL_ADDRESS });
  const client = new Client({ connection: await Connection.connect({ address: TEMPORAL_ADDRESS }) });
  const looks: number[] = [];
  let strikesAt = '';
  let [atWork, mostAtWork, isStruck] = [0, 0, false];
  const nextCollectionMove = async ({ at }: { at: string }): Promise<CollectionLook> => {
    mostAtWork = Math.max(mostAtWork, ++atWork);
    looks.push(performance.now());
    await pause(5);
    atWork -= 1;
    return tellWait(isStruck && at >= strikesAt ? null : strikesAt);
  };
  const processes = await Worker.create({
    ...{ connection, taskQueue: orchestratorQueue, workflowBundle: { codePath: bundle } },
    maxCachedWorkflows: 500,
  });
  const service = await Worker.create({
    ...{ connection, taskQueue: queueOf('payments'), activities: { nextCollectionMove } },
    maxConcurrentActivityTaskExecutions: 20,
  });
  const running = [processes.run(), service.run()];
  const before = residentMegabytes(TEMPORAL_PID);
  const now = performance.timeOrigin + performance.now();
  const strikes = now + openedWithinMs;
  strikesAt = new Date(strikes).toISOString();
  const openUntil = async (from: number, to: number): Promise<[tookMs: number, megabytes: number]> => {
    const tookMs = await open(client, new Date(now).toISOString(), from, to);
    while (looks.length < to) await pause(100);
    return [tookMs, residentMegabytes(TEMPORAL_PID)];
  };
  const quarter = Math.ceil(opened / 4);
  const [firstMs, atQuarter] = await openUntil(0, quarter);
  const [restMs, atEnd] = await openUntil(quarter, opened);
  const openMs = firstMs + restMs;
  const grownMb = atEnd - before;
  const perCollection = Math.max(0, atEnd - atQuarter) / (opened - quarter);
  const toldMb = grownMb + perCollection * (toldFor - opened);
  if (performance.timeOrigin + performance.now() > strikes)
    throw new Error(`${opened} collections were not open within ${openedWithinMs / 1_000} s`);
  say(`${opened} opened in ${round(openMs / 1_000, 1)} s, ${round(grownMb, 0)} MB`);

  [isStruck, mostAtWork] = [true, 0];
  await pause(Math.max(0, strikes - performance.timeOrigin - performance.now()));
  const struckAt = performance.now();
  await pause(watchedMs);
  const perSecond = new Map<number, number>();
  for (const lookedAt of looks.filter((each) => each >= struckAt)) {
    const second = Math.floor((lookedAt - struckAt) / 1_000);
    perSecond.set(second, (perSecond.get(second) ?? 0) + 1);
  }
  const busiest = Math.max(0, ...perSecond.values());
  const woken = [...perSecond.values()].reduce((sum, each) => sum + each, 0);
  say(`${woken} woke within ${watchedMs / 1_000} s, ${busiest} in the busiest second`);
  if (woken === 0) throw new Error('none of the collections woke');
  const figures = [
    {
      name: 'openCollections',
      value: round(toldMb, 0),
      unit: 'MB for 10,000',
      atMost: memoryCeiling,
    },
    { name: 'collectionsOpened', value: round(opened / (openMs / 1_000), 1), unit: 'collections/s' },
    {
      name: 'wakesAtOnce',
      value: round(busiest / opened, 4),
      unit: 'of all, in the busiest second',
      atMost: wakesCeiling,
    },
    { name: 'stepsAtOnce', value: mostAtWork, unit: 'activities', atMost: 20 },
  ];
  say(`FIGURES ${JSON.stringify(figures)}`);
  processes.shutdown();
  service.shutdown();
  await Promise.all(running);
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    process.exit(1);
  },
);
