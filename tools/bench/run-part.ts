import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { EngineFailure, freePort, startMongod } from '../engines';
import { figuresIn, type PartFigure } from './figures';
import type { BenchPart } from './suites';

const dist = resolve(__dirname, '..', '..');
const longestMs = 15 * 60_000;

export async function runPart(part: BenchPart, say: (line: string) => void): Promise<PartFigure[]> {
  if (!part.needsMongod) return run(part, {});
  const dataFolder = await mkdtemp(join(tmpdir(), 'tollkeeper-bench-'));
  try {
    const mongod = await startMongod({ dataFolder, port: await freePort(), log: say });
    try {
      return await run(part, { MONGODB_URI: mongod.uri });
    } finally {
      await mongod.process?.stop();
    }
  } finally {
    await rm(dataFolder, { recursive: true, force: true });
  }
}

function run({ name, program }: BenchPart, environment: Record<string, string>): Promise<PartFigure[]> {
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
