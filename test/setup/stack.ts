import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runStack, type Stack } from '../../tools/stack';
import buildApps from './build-apps';

declare global {
  var tollkeeperStack: { stack: Stack; folder: string } | undefined;
}

/** One stack for all scenario and security specs of a jest run: real engines on free ports, a scratch data folder. */
export default async function setUpStack(): Promise<void> {
  buildApps();
  const folder = await mkdtemp(join(tmpdir(), 'tollkeeper-scenarios-'));
  const stack = await runStack({
    dataFolder: folder,
    headless: true,
    log: () => undefined,
    environment: { LOG_LEVEL: 'warn' },
    onCrash: (crashed, exit) => {
      process.stderr.write(`${crashed.name} ended with ${exit.code ?? exit.signal}: ${crashed.logFile}\n`);
    },
  });
  globalThis.tollkeeperStack = { stack, folder };
  process.env['SCENARIO_STACK'] = JSON.stringify({
    apiUrl: stack.apiUrl,
    environment: stack.environment,
    dataFolder: folder,
  });
}

export async function tearDownStack(): Promise<void> {
  await globalThis.tollkeeperStack?.stack.stop();
  if (globalThis.tollkeeperStack)
    await rm(globalThis.tollkeeperStack.folder, { recursive: true, force: true });
}
