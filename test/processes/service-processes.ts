import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import {
  type Engines,
  freePort,
  HOST,
  type RunningProcess,
  startEngines,
  startProcess,
  waitUntilReady,
} from '../../tools/engines';
import { startApp } from '../../tools/stack/stack-app';
import { stackEnvironment } from '../../tools/stack/stack-environment';
import { type Router, startRouter } from './router';

export const services = [
  'identity',
  'catalog',
  'customers',
  'rating',
  'invoicing',
  'payments',
  'notifications',
];
const READY_LIMIT_MS = 120_000;
const STOP_LIMIT_MS = 30_000;
const root = resolve(__dirname, '..', '..');
const distFolder = join(root, 'dist');

/** Every service, the orchestrator and the sandbox edges, each in a process of its own. */
export class ServiceProcesses {
  private readonly started: RunningProcess[] = [];
  private readonly crashed: string[] = [];

  private constructor(
    readonly engines: Engines,
    readonly environment: Readonly<Record<string, string>>,
    private readonly folder: string,
    private readonly router: Router,
  ) {}

  static async start(): Promise<ServiceProcesses> {
    const folder = await mkdtemp(join(tmpdir(), 'tollkeeper-processes-'));
    const engines = await startEngines({ dataFolder: folder, headless: true, log: () => undefined });
    const router = await startRouter(HOST);
    const ports = { api: router.port, gateway: await freePort(), network: await freePort() };
    const environment = await stackEnvironment(folder, engines, HOST, ports);
    const processes = new ServiceProcesses(engines, environment, folder, router);
    try {
      await processes.startAll(ports);
      return processes;
    } catch (error) {
      await processes.stop();
      throw error;
    }
  }

  get apiUrl(): string {
    return `http://${HOST}:${this.router.port}`;
  }

  get names(): string[] {
    return this.started.map(({ name }) => name);
  }

  /** In the order opposite to the start; answers who did not end with 0 when told to. */
  async stop(): Promise<string[]> {
    const apps = this.started.splice(0).reverse();
    const exits = await Promise.all(
      apps.map(async (app) => {
        await app.stop();
        const { code, signal } = await app.exited;
        return code === 0 ? [] : [`${app.name}: ${code ?? signal}`];
      }),
    );
    await this.router.stop();
    await this.engines.stop();
    await rm(this.folder, { recursive: true, force: true });
    return [...this.crashed, ...exits.flat()];
  }

  /** Identity first: it draws the keys that the others check tokens with. */
  private async startAll({ gateway, network }: { gateway: number; network: number }): Promise<void> {
    await Promise.all([
      this.startOne('sandbox-gateway', gateway, { PORT: String(gateway) }),
      this.startOne('sandbox-network', network, { PORT: String(network) }),
      this.startService('identity'),
    ]);
    const others = services.filter((name) => name !== 'identity');
    await Promise.all([...others.map((name) => this.startService(name)), this.startOrchestrator()]);
  }

  private async startService(name: string): Promise<void> {
    const port = await freePort();
    await this.startOne(name, port, { API_PORT: String(port) });
    this.router.send(name, port);
  }

  private async startOne(name: string, port: number, more: Record<string, string>): Promise<void> {
    const app = await startApp({
      name,
      distFolder,
      dataFolder: this.folder,
      environment: { ...this.environment, ...more },
      healthUrl: `http://${HOST}:${port}/health`,
      onCrash: (crashed, exit) => this.crashed.push(`${crashed.name}: ${exit.code ?? exit.signal}`),
    });
    this.started.push(app);
  }

  /** No API, so no address to ask: its log says when it serves. */
  private async startOrchestrator(): Promise<void> {
    const app = await startProcess({
      name: 'orchestrator',
      command: process.execPath,
      args: ['--enable-source-maps', join(distFolder, 'apps', 'orchestrator', 'main.js')],
      dataFolder: this.folder,
      environment: { ...process.env, ...this.environment, LOG_LEVEL: 'info' },
      workingFolder: root,
      stopLimitMs: STOP_LIMIT_MS,
    });
    this.started.push(app);
    const serves = async () => {
      if (!app.lastLines(50).some((line) => line.includes('"serving"')))
        throw new Error('it does not serve yet');
    };
    await waitUntilReady(app, serves, READY_LIMIT_MS);
  }
}
