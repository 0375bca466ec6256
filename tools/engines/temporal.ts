import { Connection } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { EngineFailure, reasonOf } from './engine-failure';
import { ENGINE_SPECS } from './engine-specs';
import { findBinary, type Log } from './find-binary';
import { HOST } from './ports';
import { startProcess, type RunningProcess } from './running-process';
import { waitUntilReady } from './wait-until-ready';

export interface Temporal {
  readonly address: string;
  readonly uiUrl?: string;
  readonly process?: RunningProcess;
}

interface TemporalPlan {
  readonly dataFolder: string;
  readonly port: number;
  /** Without it the server runs headless. */
  readonly uiPort?: number;
  readonly log: Log;
}

const NAMESPACE = 'default';
const RETENTION = '90 days';
const CONNECT_LIMIT_MS = 10_000;
const READY_LIMIT_MS = 60_000;
const STOP_LIMIT_MS = 10_000;

/** A server that somebody else runs: nothing is started, its settings are its owner's. */
export async function useTemporalAt(address: string, log: Log): Promise<Temporal> {
  try {
    const version = await serverVersion(address, CONNECT_LIMIT_MS);
    log(`Temporal: server ${version} at ${address}, from TEMPORAL_ADDRESS`);
    return { address };
  } catch (error) {
    throw new EngineFailure(
      `Temporal does not answer at TEMPORAL_ADDRESS=${address} (${reasonOf(error)}): start it, or unset TEMPORAL_ADDRESS`,
    );
  }
}

export async function startTemporal({ dataFolder, port, uiPort, log }: TemporalPlan): Promise<Temporal> {
  const binary = await findBinary('temporal', log);
  const folder = join(dataFolder, 'temporal');
  await mkdir(folder, { recursive: true });
  const running = await startProcess({
    name: 'temporal',
    command: binary.path,
    args: serverArguments(join(folder, 'temporal.db'), port, uiPort),
    dataFolder,
    stopLimitMs: STOP_LIMIT_MS,
  });
  try {
    const address = `${HOST}:${port}`;
    const version = await waitUntilReady(running, () => serverVersion(address, 1_000), READY_LIMIT_MS);
    await waitUntilReady(running, () => keepHistories(address), READY_LIMIT_MS);
    log(
      `${ENGINE_SPECS.temporal.title}: server ${version} (CLI ${binary.version}) from ${binary.source}, at ${address}`,
    );
    return {
      address,
      uiUrl: uiPort === undefined ? undefined : `http://${HOST}:${uiPort}`,
      process: running,
    };
  } catch (error) {
    await running.stop();
    throw error;
  }
}

/** WAL makes the file twice as fast; without "synchronous=normal" each commit would wait for the disk. */
export function serverArguments(dbFile: string, port: number, uiPort: number | undefined): string[] {
  const ui = uiPort === undefined ? ['--headless'] : ['--ui-ip', HOST, '--ui-port', String(uiPort)];
  return [
    ...['server', 'start-dev', '--ip', HOST, '--port', String(port), ...ui],
    ...[
      '--db-filename',
      dbFile,
      '--sqlite-pragma',
      'journal_mode=WAL',
      '--sqlite-pragma',
      'synchronous=normal',
    ],
    ...['--log-level', 'warn', '--log-format', 'json'],
  ];
}

async function serverVersion(address: string, limitMs: number): Promise<string> {
  return withConnection(address, limitMs, async ({ workflowService }) => {
    const { serverVersion: version } = await workflowService.getSystemInfo({});
    return version || 'of unknown version';
  });
}

/** The dev server keeps closed workflows for a day; people want to look back three months. */
async function keepHistories(address: string): Promise<void> {
  await withConnection(address, CONNECT_LIMIT_MS, ({ workflowService }) =>
    workflowService.updateNamespace({
      namespace: NAMESPACE,
      config: { workflowExecutionRetentionTtl: msToTs(RETENTION) },
    }),
  );
}

async function withConnection<T>(
  address: string,
  limitMs: number,
  use: (connection: Connection) => Promise<T>,
): Promise<T> {
  const connection = await Connection.connect({ address, connectTimeout: limitMs });
  try {
    return await connection.withDeadline(performance.timeOrigin + performance.now() + limitMs, () =>
      use(connection),
    );
  } finally {
    await connection.close();
  }
}
