import { spawnSync } from 'node:child_process';
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

/** The invariants hold over everything that the specs left behind, or the run fails. */
export async function tearDownStack(): Promise<void> {
  if (!globalThis.tollkeeperStack) return;
  const { stack, folder } = globalThis.tollkeeperStack;
  try {
    audit(folder);
  } finally {
    await stack.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

function audit(dataFolder: string): void {
  const command = ['dist/tools/audit/main.js', '--data-folder', dataFolder];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { encoding: 'utf8' });
  const said = stdout.split('\n').filter((line) => line !== '' && !line.startsWith('AUDIT '));
  process.stdout.write(`${(status === 0 ? said.slice(-1) : said).join('\n')}\n${stderr}`);
  if (status !== 0) throw new Error('the audit of what the specs left behind did not hold');
}
