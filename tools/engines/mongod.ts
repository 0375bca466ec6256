import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { mongo } from 'mongoose';
import { EngineFailure, reasonOf } from './engine-failure';
import { ENGINE_SPECS } from './engine-specs';
import { findBinary, type Log } from './find-binary';
import { HOST } from './ports';
import { startProcess, type RunningProcess } from './running-process';
import { isAtLeast, parseVersion, showVersion } from './version';
import { waitUntilReady } from './wait-until-ready';

export interface Mongod {
  readonly uri: string;
  readonly process?: RunningProcess;
}

interface MongodPlan {
  readonly dataFolder: string;
  readonly port: number;
  readonly log: Log;
}

const REPLICA_SET = 'tollkeeper';
const CACHE_GB = '1';
const ANSWER_LIMIT_MS = 5_000;
const CONNECT_LIMIT_MS = 10_000;
const READY_LIMIT_MS = 60_000;
const STOP_LIMIT_MS = 20_000;

export async function useMongoAt(uri: string, log: Log): Promise<Mongod> {
  const { minimum } = ENGINE_SPECS.mongod;
  const { version, replicaSet } = await lookAt(uri);
  const parsed = parseVersion(version);
  if (!parsed || !isAtLeast(parsed, minimum)) {
    throw new EngineFailure(
      `MONGODB_URI leads to MongoDB ${version}: ${showVersion(minimum)} or newer is needed`,
    );
  }
  if (!replicaSet) {
    throw new EngineFailure(
      'MONGODB_URI leads to a single mongod: transactions need a replica set, start it with --replSet',
    );
  }
  log(`MongoDB: ${version}, from MONGODB_URI`);
  return { uri };
}

async function lookAt(uri: string): Promise<{ version: string; replicaSet: boolean }> {
  try {
    return await withClient(uri, CONNECT_LIMIT_MS, async (admin) => {
      const { version } = await admin.command({ buildInfo: 1 });
      const hello = await admin.command({ hello: 1 });
      return { version: String(version), replicaSet: Boolean(hello.setName) || hello.msg === 'isdbgrid' };
    });
  } catch (error) {
    throw new EngineFailure(
      `MongoDB does not answer at MONGODB_URI (${reasonOf(error)}): start it, or unset MONGODB_URI`,
    );
  }
}

export async function startMongod({ dataFolder, port, log }: MongodPlan): Promise<Mongod> {
  const binary = await findBinary('mongod', log);
  const folder = join(dataFolder, 'mongod');
  await mkdir(folder, { recursive: true });
  const running = await startProcess({
    name: 'mongod',
    command: binary.path,
    args: serverArguments(folder, port),
    dataFolder,
    stopLimitMs: STOP_LIMIT_MS,
  });
  try {
    await waitUntilReady(running, () => bePrimary(port), READY_LIMIT_MS);
    log(`${ENGINE_SPECS.mongod.title}: ${binary.version} from ${binary.source}, at ${HOST}:${port}`);
    return { uri: `mongodb://${HOST}:${port}/?replicaSet=${REPLICA_SET}`, process: running };
  } catch (error) {
    await running.stop();
    throw await sayWhy(error, running, folder, binary.version);
  }
}

/** Ours take well under a second; what a killed process left open blocks its rows no longer than this. */
const TRANSACTION_SECONDS = 10;

export function serverArguments(folder: string, port: number): string[] {
  const network = [
    '--bind_ip',
    HOST,
    '--port',
    String(port),
    ...(process.platform === 'win32' ? [] : ['--nounixsocket']),
  ];
  const replica = ['--replSet', REPLICA_SET, '--wiredTigerCacheSizeGB', CACHE_GB];
  return [
    '--dbpath',
    folder,
    ...network,
    ...replica,
    '--setParameter',
    `transactionLifetimeLimitSeconds=${TRANSACTION_SECONDS}`,
  ];
}

/** mongod's exit codes 62 (files of another version) and 100 (folder in use) have a way out of their own. */
async function sayWhy(
  error: unknown,
  running: RunningProcess,
  folder: string,
  version: string,
): Promise<unknown> {
  const { code } = await running.exited;
  if (code === 62) {
    return new EngineFailure(
      `MongoDB ${version} cannot read ${folder}, which another version wrote: set MONGOD_BINARY to that version, or move the data folder away`,
    );
  }
  if (code === 100)
    return new EngineFailure(`${folder} is in use by another mongod: stop it, or set DATA_FOLDER`);
  return error;
}

/** One member on one port; after a restart on another port the set still names the old one and is told anew. */
async function bePrimary(port: number): Promise<void> {
  const member = { _id: 0, host: `${HOST}:${port}` };
  await withClient(`mongodb://${HOST}:${port}/?directConnection=true`, ANSWER_LIMIT_MS, async (admin) => {
    const hello = await admin.command({ hello: 1 });
    if (hello.isWritablePrimary === true) return;
    const config = await configOf(admin);
    if (!config) {
      await admin.command({ replSetInitiate: { _id: REPLICA_SET, members: [member] } });
    } else if (config.members[0]?.host !== member.host) {
      const next = { ...config, version: config.version + 1, members: [{ ...config.members[0], ...member }] };
      await admin.command({ replSetReconfig: next, force: true });
    }
    throw new Error('the replica set has no primary yet');
  });
}

interface ReplicaSetConfig {
  readonly version: number;
  readonly members: readonly { readonly host: string }[];
}

const NOT_YET_INITIALIZED = 94;

async function configOf(admin: mongo.Db): Promise<ReplicaSetConfig | undefined> {
  try {
    const { config } = await admin.command({ replSetGetConfig: 1 });
    return config as ReplicaSetConfig;
  } catch (error) {
    if (error instanceof mongo.MongoServerError && error.code === NOT_YET_INITIALIZED) return undefined;
    throw error;
  }
}

async function withClient<T>(uri: string, limitMs: number, use: (admin: mongo.Db) => Promise<T>): Promise<T> {
  const client = new mongo.MongoClient(uri, { serverSelectionTimeoutMS: limitMs, connectTimeoutMS: limitMs });
  try {
    await client.connect();
    return await use(client.db('admin'));
  } finally {
    await client.close();
  }
}
