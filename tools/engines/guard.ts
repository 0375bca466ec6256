import { spawn, type ChildProcess } from 'node:child_process';
import { Socket } from 'node:net';
import { join } from 'node:path';

let guard: ChildProcess | undefined;

/** From here on the process is stopped when this tool ends, however it ends; the returned function lets go of it. */
export function guardPid(pid: number, limitMs: number): () => void {
  tell(`+${pid} ${limitMs}`);
  return () => tell(`-${pid}`);
}

function tell(line: string): void {
  guard ??= startGuard();
  guard.stdin?.write(`${line}\n`);
}

function startGuard(): ChildProcess {
  const started = spawn(process.execPath, [join(__dirname, 'guard-process.mjs')], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  // A guard that cannot run, or was killed, only means that nobody cleans up after a kill -9.
  started.on('error', () => undefined);
  started.stdin.on('error', () => undefined);
  started.once('exit', () => (guard = undefined));
  started.unref();
  if (started.stdin instanceof Socket) started.stdin.unref();
  return started;
}
