import { setTimeout as pause } from 'node:timers/promises';
import { EngineFailure, oneLine, reasonOf } from './engine-failure';
import type { RunningProcess } from './running-process';

const LOOK_EVERY_MS = 50;

/** Asks again and again until the process answers; ends early when it dies, with its own last word. */
export async function waitUntilReady<T>(
  running: RunningProcess,
  ask: () => Promise<T>,
  limitMs: number,
): Promise<T> {
  const deadline = performance.now() + limitMs;
  let reason = 'no answer';
  while (performance.now() < deadline) {
    if (running.hasExited()) throw await diedAtStart(running);
    try {
      return await ask();
    } catch (error) {
      reason = reasonOf(error);
    }
    await pause(LOOK_EVERY_MS);
  }
  throw new EngineFailure(
    `${running.name} is not ready after ${limitMs / 1000} s (${reason}): see ${running.logFile}`,
  );
}

async function diedAtStart(died: RunningProcess): Promise<EngineFailure> {
  const { name, logFile } = died;
  const { code, signal } = await died.exited;
  const [lastWord = ''] = died.lastLines(1);
  return new EngineFailure(
    `${name} ended at its start with ${code ?? signal} (${oneLine(lastWord).slice(0, 300)}): see ${logFile}`,
  );
}

/** Any HTTP answer that is not 2xx counts as "not yet". */
export async function askHttp(url: string, limitMs = 2_000): Promise<void> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(limitMs) });
  await answer.arrayBuffer();
  if (!answer.ok) throw new Error(`${url} answers ${answer.status}`);
}
