import { basename, join, resolve } from 'node:path';
import {
  HOST,
  claimPort,
  dataFolderFrom,
  freePort,
  identityOf,
  startEngines,
  type Engines,
  type Exit,
  type Log,
  type RunningProcess,
  type StackPorts,
} from '../engines';
import { endOnCrash, type OnCrash } from './stack-endings';
import { startApp } from './stack-app';
import { removeDescriptor, writeDescriptor } from './stack-descriptor';
import { stackEnvironment } from './stack-environment';

export interface StackPlan {
  readonly dataFolder?: string;
  /** Where the compiled apps lie; by default the folder this file was compiled into. */
  readonly distFolder?: string;
  /** A port left out is any free one; `npm start` gives portsFromEnvironment(). */
  readonly ports?: StackPorts;
  readonly headless?: boolean;
  readonly log: Log;
  /** More variables for our processes. */
  readonly environment?: Readonly<Record<string, string>>;
  /** By default the end of the log is printed, the stack is stopped, and this tool ends with 1. */
  readonly onCrash?: OnCrash;
}

export interface StackProcesses {
  readonly gateway: RunningProcess;
  readonly network: RunningProcess;
  readonly app: RunningProcess;
}

export interface Stack {
  readonly apiUrl: string;
  readonly dataFolder: string;
  readonly engines: Engines;
  readonly environment: Readonly<Record<string, string>>;
  /** As they are now: `app` is another one after startApp(). */
  readonly processes: StackProcesses;
  /** Ends the all-in-one process alone, by the signal given; everything else runs on. */
  killApp(signal: NodeJS.Signals): Promise<Exit>;
  /** Starts it again at the same address and waits until it is healthy. */
  startApp(): Promise<void>;
  /** First the app, then the edges that it talks to, then the engines. */
  stop(): Promise<void>;
}

export async function runStack(plan: StackPlan): Promise<Stack> {
  const dataFolder = plan.dataFolder ? resolve(plan.dataFolder) : dataFolderFrom();
  const ports = {
    api: await claimPort('api', plan.ports?.api),
    gateway: await freePort(),
    network: await freePort(),
  };
  const engines = await startEngines({ ...plan, dataFolder });
  const started: RunningProcess[] = [];
  try {
    const environment = {
      ...(await stackEnvironment(dataFolder, engines, HOST, ports)),
      ...plan.environment,
    };
    return await startApps({ plan, dataFolder, ports, engines, environment, started });
  } catch (error) {
    for (const one of started.reverse()) await one.stop();
    await engines.stop();
    throw error;
  }
}

interface Ground {
  readonly plan: StackPlan;
  readonly dataFolder: string;
  readonly ports: { readonly api: number; readonly gateway: number; readonly network: number };
  readonly engines: Engines;
  readonly environment: Readonly<Record<string, string>>;
  /** What runs so far, for the case that a later one does not start. */
  readonly started: RunningProcess[];
}

async function startApps({ plan, dataFolder, ports, engines, environment, started }: Ground): Promise<Stack> {
  const distFolder = plan.distFolder ?? ownDistFolder();
  const onCrash: OnCrash = plan.onCrash ?? endOnCrash;
  const start = async (name: string, port: number, more: Record<string, string> = {}) => {
    const app = await startApp({
      name,
      distFolder,
      dataFolder,
      environment: { ...environment, ...more },
      healthUrl: `http://${HOST}:${port}/health`,
      onCrash: (crashed, exit) => void onCrash(crashed, exit, stack, plan.log),
    });
    started.push(app);
    plan.log(`${name}: healthy at http://${HOST}:${port}`);
    return app;
  };

  const [gateway, network] = await bothOrNone([
    start('sandbox-gateway', ports.gateway, { PORT: String(ports.gateway) }),
    start('sandbox-network', ports.network, { PORT: String(ports.network) }),
  ]);
  const startMain = () => start('all-in-one', ports.api);
  let app = await startMain();
  const apiUrl = `http://${HOST}:${ports.api}`;

  const describe = () =>
    writeDescriptor({
      dataFolder,
      apiUrl,
      temporalUiUrl: engines.temporalUiUrl,
      inboxUrl: engines.inboxUrl,
      mailFolder: engines.mailFolder,
      environment,
      processes: [process.pid, app.pid, gateway.pid, network.pid].flatMap((pid) => identityOf(pid) ?? []),
    });
  await describe();

  let stopping: Promise<void> | undefined;
  const stopInOrder = async () => {
    await removeDescriptor(dataFolder);
    await app.stop();
    await Promise.all([gateway.stop(), network.stop()]);
    await engines.stop();
  };
  const stack: Stack = {
    apiUrl,
    dataFolder,
    engines,
    environment,
    get processes() {
      return { gateway, network, app };
    },
    killApp: (signal) => app.kill(signal),
    async startApp() {
      if (!app.hasExited()) return;
      app = await startMain();
      await describe();
    },
    stop: () => (stopping ??= stopInOrder()),
  };
  return stack;
}

/** Waits for both also when one fails, so that whoever cleans up knows of the other. */
async function bothOrNone<T>(both: [Promise<T>, Promise<T>]): Promise<[T, T]> {
  await Promise.allSettled(both);
  return Promise.all(both);
}

/** Compiled, this file lies in dist/tools/stack; under jest in tools/stack, beside dist. */
function ownDistFolder(): string {
  const above = resolve(__dirname, '..', '..');
  return basename(above) === 'dist' ? above : join(above, 'dist');
}
