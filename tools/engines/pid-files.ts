import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EngineFailure } from './engine-failure';
import { identityOf, isAlive, type ProcessIdentity } from './process-identity';
import { stopPid } from './stop-pid';

interface PidFile {
  readonly name: string;
  readonly process: ProcessIdentity;
  readonly owner: ProcessIdentity;
}

const LEFTOVER_LIMIT_MS = 20_000;

function pidFolder(dataFolder: string): string {
  return join(dataFolder, 'run');
}

/** Notes a started process; the returned function takes the note away. */
export function notePid(dataFolder: string, name: string, pid: number): () => void {
  const started = identityOf(pid);
  const owner = identityOf(process.pid);
  if (!started || !owner) return () => undefined;
  const file = join(pidFolder(dataFolder), `${name}-${pid}.json`);
  mkdirSync(pidFolder(dataFolder), { recursive: true });
  writeFileSync(file, JSON.stringify({ name, process: started, owner } satisfies PidFile));
  return () => rmSync(file, { force: true });
}

/** Stops what a run that died left behind on this data folder; refuses when that run is still alive. */
export async function clearLeftovers(dataFolder: string, log: (line: string) => void): Promise<void> {
  for (const [path, note] of notesIn(pidFolder(dataFolder))) {
    if (note && isAlive(note.process)) await stopLeftover(dataFolder, note, log);
    rmSync(path, { force: true });
  }
}

async function stopLeftover(
  dataFolder: string,
  { name, process: left, owner }: PidFile,
  log: (line: string) => void,
) {
  if (isAlive(owner)) {
    throw new EngineFailure(
      `${name} already runs on ${dataFolder} (started by process ${owner.pid}): stop that process, or set DATA_FOLDER to another folder`,
    );
  }
  log(`stopping ${name} (process ${left.pid}), left behind by a run that died`);
  await stopPid(left.pid, { signal: 'SIGTERM', limitMs: LEFTOVER_LIMIT_MS, isGone: () => !isAlive(left) });
}

function notesIn(folder: string): [path: string, note: PidFile | undefined][] {
  const names = readNames(folder).filter((name) => name.endsWith('.json'));
  return names.map((name) => [join(folder, name), readNote(join(folder, name))]);
}

function readNames(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function readNote(path: string): PidFile | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as PidFile;
  } catch {
    return undefined;
  }
}
