import { existsSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { clearLeftovers, EngineFailure, freePort, HOST, type Log } from '../engines';
import { startMongod, useMongoAt } from '../engines/mongod';
import { findRunningStack } from '../stack';
import { sandboxSecretsOf } from '../stack/sandbox-secrets';
import { startApp } from '../stack/stack-app';
import type { AuditOptions } from './audit';

interface OpenGround extends AuditOptions {
  close(): Promise<void>;
}

/** What there is to audit: the running stack, or its data with a database and a gateway of our own. */
export async function openGround(dataFolder: string, log: Log): Promise<OpenGround> {
  const stack = await findRunningStack(dataFolder);
  if (!stack) return startGround(dataFolder, log);
  const { environment, mailFolder, apiUrl } = stack;
  log(`the stack at ${apiUrl} is running: it is looked at as it works`);
  return {
    mongoUri: needed(environment, 'MONGODB_URI'),
    gatewayUrl: needed(environment, 'SANDBOX_GATEWAY_URL'),
    gatewayKey: needed(environment, 'SANDBOX_GATEWAY_KEY'),
    storageFolder: needed(environment, 'STORAGE_FOLDER'),
    mailFolder,
    close: () => Promise.resolve(),
  };
}

function needed(environment: Readonly<Record<string, string>>, name: string): string {
  const value = environment[name];
  if (value === undefined)
    throw new EngineFailure(`the running stack does not say its ${name}: start it again`);
  return value;
}

/** No services and no Temporal: while the audit looks, nothing moves. */
async function startGround(dataFolder: string, log: Log): Promise<OpenGround> {
  const { MONGODB_URI, KEYS_FOLDER, STORAGE_FOLDER } = process.env;
  if (MONGODB_URI === undefined && !existsSync(join(dataFolder, 'mongod')))
    throw new EngineFailure(
      `there is no data in ${dataFolder}: run npm start first, or name the folder with --data-folder`,
    );
  log(`no stack runs on ${dataFolder}: starting its database and the gateway's books`);
  await clearLeftovers(dataFolder, log);
  const mongod = MONGODB_URI
    ? await useMongoAt(MONGODB_URI, log)
    : await startMongod({ dataFolder, port: await freePort(), log });
  const stopMongod = async () => mongod.process?.stop();
  try {
    const secrets = await sandboxSecretsOf(KEYS_FOLDER ?? join(dataFolder, 'keys'));
    const gatewayUrl = `http://${HOST}:${await freePort()}`;
    const gateway = await startApp({
      name: 'sandbox-gateway',
      distFolder: distFolder(),
      dataFolder,
      environment: {
        ...secrets,
        MONGODB_URI: mongod.uri,
        PORT: new URL(gatewayUrl).port,
        // Nobody listens: books that are only read have no news.
        SANDBOX_WEBHOOK_URL: gatewayUrl,
      },
      healthUrl: `${gatewayUrl}/health`,
      onCrash: () => log('the gateway ended by itself: its log lies in the data folder'),
    });
    return {
      mongoUri: mongod.uri,
      gatewayUrl,
      gatewayKey: process.env.SANDBOX_GATEWAY_KEY ?? secrets.SANDBOX_GATEWAY_KEY,
      storageFolder: STORAGE_FOLDER ?? join(dataFolder, 'storage'),
      mailFolder: join(dataFolder, 'mails'),
      async close() {
        await gateway.stop();
        await stopMongod();
      },
    };
  } catch (error) {
    await stopMongod();
    throw error;
  }
}

/** Compiled, this file lies in dist/tools/audit; under jest in tools/audit, beside dist. */
function distFolder(): string {
  const above = resolve(__dirname, '..', '..');
  return basename(above) === 'dist' ? above : join(above, 'dist');
}
