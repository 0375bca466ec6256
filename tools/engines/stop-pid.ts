import { setTimeout as pause } from 'node:timers/promises';

const LOOK_EVERY_MS = 50;
const KILL_LIMIT_MS = 5_000;

interface StopOptions {
  readonly signal: NodeJS.Signals;
  readonly limitMs: number;
  isGone(): boolean;
}

/** Asks, waits, and kills the whole group when it does not go. */
export async function stopPid(pid: number, { signal, limitMs, isGone }: StopOptions): Promise<void> {
  if (isGone()) return;
  sendSignal(pid, signal);
  // A process that was suspended (SIGSTOP) reads its signals only after this one.
  sendSignal(pid, 'SIGCONT');
  if (await goes(isGone, limitMs)) return;
  sendSignal(-pid, 'SIGKILL');
  await goes(isGone, KILL_LIMIT_MS);
}

export function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // Gone already, which is what the signal is for.
  }
}

async function goes(isGone: () => boolean, limitMs: number): Promise<boolean> {
  const deadline = performance.now() + limitMs;
  while (performance.now() < deadline) {
    if (isGone()) return true;
    await pause(LOOK_EVERY_MS);
  }
  return isGone();
}
