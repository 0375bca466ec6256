import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { EngineFailure, freePort, type RunningProcess, startMongod } from '../engines';
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
  if (!part.needsMongod) return run(part, environment);
  const dataFolder = await mkdtemp(join(tmpdir(), 'tollkeeper-bench-'));
  const started: RunningProcess[] = [];
  const keep = <One extends { process?: RunningProcess }>(one: One): One => {
    if (one.process) started.unshift(one.process);
    return one;
  };
  try {
    const { uri } = keep(await startMongod({ dataFolder, port: await freePort(), log: say }));
    const mongo = { ...environment, MONGODB_URI: uri };
    const gateway = part.needsGateway ? keep(await startGateway(dist, dataFolder, mongo)).environment : {};
    return await run(part, { ...mongo, ...gateway });
  } finally {
    for (const one of started) await one.stop();
    await rm(dataFolder, { recursive: true, force: true });
  }
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
