import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Log } from './find-binary';
import { startMailInbox, useSmtpAt, type MailInbox } from './maildev';
import { startMongod, useMongoAt, type Mongod } from './mongod';
import { clearLeftovers } from './pid-files';
import { claimPort, type EnginePorts } from './ports';
import { startTemporal, useTemporalAt, type Temporal } from './temporal';

export interface EnginesPlan {
  readonly dataFolder?: string;
  /** A port left out is any free one. */
  readonly ports?: EnginePorts;
  /** Without the Temporal UI. */
  readonly headless?: boolean;
  readonly log: Log;
}

export interface Engines {
  readonly temporalAddress: string;
  readonly temporalUiUrl?: string;
  readonly mongoUri: string;
  readonly smtpUrl: string;
  readonly inboxUrl?: string;
  readonly mailFolder?: string;
  /** What we started ourselves, for tests that hurt it; undefined where the environment gave an address. */
  readonly temporal?: { readonly pid: number };
  readonly mongod?: { readonly pid: number };
  readonly maildev?: MailInbox;
  stop(): Promise<void>;
}

export function dataFolderFrom(environment: NodeJS.ProcessEnv = process.env): string {
  return resolve(environment.DATA_FOLDER ?? '.data');
}

export async function startEngines({
  dataFolder,
  ports = {},
  headless = false,
  log,
}: EnginesPlan): Promise<Engines> {
  const folder = dataFolder ? resolve(dataFolder) : dataFolderFrom();
  await mkdir(folder, { recursive: true });
  await clearLeftovers(folder, log);

  const plan = { dataFolder: folder, log };
  const [temporal, mongod, mail] = await allOrNone([
    await planTemporal(plan, ports, headless),
    await planMongod(plan, ports),
    await planMail(plan, ports),
  ]);
  return {
    temporalAddress: temporal.address,
    temporalUiUrl: temporal.uiUrl,
    mongoUri: mongod.uri,
    smtpUrl: mail.smtpUrl,
    inboxUrl: mail.inbox?.inboxUrl,
    mailFolder: mail.inbox?.mailFolder,
    temporal: temporal.process,
    mongod: mongod.process,
    maildev: mail.inbox,
    async stop() {
      await Promise.all([temporal.process?.stop(), mongod.process?.stop(), mail.inbox?.stop()]);
    },
  };
}

interface Plan {
  readonly dataFolder: string;
  readonly log: Log;
}

interface Start<T> {
  start(): Promise<T>;
  stop(started: T): Promise<void> | undefined;
}

async function planTemporal(plan: Plan, ports: EnginePorts, headless: boolean): Promise<Start<Temporal>> {
  const address = process.env.TEMPORAL_ADDRESS;
  const stop = (started: Temporal) => started.process?.stop();
  if (address) return { start: () => useTemporalAt(address, plan.log), stop };
  const port = await claimPort('temporal', ports.temporal);
  const uiPort = headless ? undefined : await claimPort('temporalUi', ports.temporalUi);
  return { start: () => startTemporal({ ...plan, port, uiPort }), stop };
}

async function planMongod(plan: Plan, ports: EnginePorts): Promise<Start<Mongod>> {
  const uri = process.env.MONGODB_URI;
  const stop = (started: Mongod) => started.process?.stop();
  if (uri) return { start: () => useMongoAt(uri, plan.log), stop };
  const port = await claimPort('mongod', ports.mongod);
  return { start: () => startMongod({ ...plan, port }), stop };
}

interface Mail {
  readonly smtpUrl: string;
  readonly inbox?: MailInbox;
}

async function planMail(plan: Plan, ports: EnginePorts): Promise<Start<Mail>> {
  const smtpUrl = process.env.SMTP_URL;
  const stop = (started: Mail) => started.inbox?.stop();
  if (smtpUrl) {
    return { start: () => useSmtpAt(smtpUrl, plan.log).then(() => ({ smtpUrl })), stop };
  }
  const smtpPort = await claimPort('smtp', ports.smtp);
  const inboxPort = await claimPort('inbox', ports.inbox);
  const start = async () => {
    const inbox = await startMailInbox({ ...plan, smtpPort, inboxPort });
    return { smtpUrl: inbox.smtpUrl, inbox };
  };
  return { start, stop };
}

/** Side by side; when one fails, those that came up are stopped before the failure is told. */
async function allOrNone<A, B, C>(starts: [Start<A>, Start<B>, Start<C>]): Promise<[A, B, C]> {
  const [a, b, c] = starts;
  const results = await Promise.allSettled([startTracked(a), startTracked(b), startTracked(c)]);
  const failure = results.find((result) => result.status === 'rejected');
  if (failure) {
    await Promise.all(
      results.map(async (result) => {
        if (result.status === 'fulfilled') await result.value.stop();
      }),
    );
    throw failure.reason;
  }
  const [first, second, third] = results;
  return [valueOf(first), valueOf(second), valueOf(third)];
}

interface Tracked<T> {
  readonly value: T;
  stop(): Promise<void> | undefined;
}

async function startTracked<T>(one: Start<T>): Promise<Tracked<T>> {
  const value = await one.start();
  return { value, stop: () => one.stop(value) };
}

function valueOf<T>(result: PromiseSettledResult<Tracked<T>>): T {
  if (result.status === 'rejected') throw result.reason;
  return result.value.value;
}
