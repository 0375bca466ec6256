import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { EngineFailure, freePort, type RunningProcess, startMongod, startTemporal } from '../engines';
import { figuresIn, type PartFigure } from './figures';
import { startGateway } from './start-gateway';
import type { BenchPart } from './suites';

const dist = resolve(__dirname, '..', '..');
const longestMs = 15 * 60_000;

type Environment = Readonly<Record<string, string>>;

/** Engines that a part needs are its own, and are thrown away afterwards. */
export async function runPart(
  part: BenchPart,
  say: (line: string) => void,
  environment: Environment,
): Promise<PartFigure[]> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'tollkeeper-bench-'));
  const started: RunningProcess[] = [];
  try {
    return await run(part, await prepare(part, dataFolder, started, environment, say));
  } finally {
    for (const one of started) await one.stop();
    await rm(dataFolder, { recursive: true, force: true });
  }
}

async function prepare(
  { needsMongod, needsGateway, needsTemporal }: BenchPart,
  dataFolder: string,
  started: RunningProcess[],
  environment: Environment,
  say: (line: string) => void,
): Promise<Environment> {
  const keep = <One extends { process?: RunningProcess }>(one: One): One => {
    if (one.process) started.unshift(one.process);
    return one;
  };
  const place = async () => ({ dataFolder, port: await freePort(), log: say });
  let all = environment;
  if (needsMongod) all = { ...all, MONGODB_URI: keep(await startMongod(await place())).uri };
  if (needsGateway) all = { ...all, ...keep(await startGateway(dist, dataFolder, all)).environment };
  if (needsTemporal) {
    const { address, process: server } = keep(await startTemporal(await place()));
    all = { ...all, TEMPORAL_ADDRESS: address, TEMPORAL_PID: String(server?.pid) };
  }
  return all;
}

function run({ name, program }: BenchPart, environment: Environment): Promise<PartFigure[]> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, ['--enable-source-maps', join(dist, program)], {
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'inherit'],
      timeout: longestMs,
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.on('error', fail);
    child.on('close', (code, signal) => {
      const figures = code === 0 ? figuresIn(output) : null;
      if (figures) done(figures);
      else fail(new EngineFailure(`the part "${name}" ended with ${signal ?? code} and no figures`));
    });
  });
}
