import { existsSync } from 'node:fs';
import { NativeConnection, Runtime, Worker, type WorkerOptions } from '@temporalio/worker';
import { bulkQueueOf, orchestratorQueue, queueOf, type ServiceName } from '@tollkeeper/contracts';
import type { Config } from '../config';
import type { Logger } from '../logger';
import { steadyHeartbeat } from './steady-heartbeat';

const shortSlots = 20;
const bulkSlots = 4;
const shutdownGrace = '15s' as const;

interface WorkerPlan {
  services: { name: ServiceName; activities: object[] }[];
  /** Set in the orchestrator (and all-in-one): the compiled workflows and what they inspect Temporal with. */
  workflows: { bundlePath: string; activities: object } | null;
}

/** Two activity workers a service (short, bulk), one workflow worker for the orchestrator; one native connection. */
export class Workers {
  private constructor(
    private readonly connection: NativeConnection,
    private readonly workers: Worker[],
    private readonly running: Promise<void>[],
  ) {}

  static async start(
    plan: WorkerPlan,
    config: Config,
    logger: Logger,
    onFailure: (error: unknown) => void,
  ): Promise<Workers> {
    quietRuntime(logger);
    const connection = await NativeConnection.connect({ address: config.TEMPORAL_ADDRESS });
    const shared = {
      ...{ connection, namespace: config.TEMPORAL_NAMESPACE, shutdownGraceTime: shutdownGrace },
      interceptors: { activity: [steadyHeartbeat] },
    };
    const workers: Worker[] = [];
    for (const options of optionsOf(plan)) workers.push(await Worker.create({ ...shared, ...options }));
    const running = workers.map((worker) => worker.run().catch(onFailure));
    return new Workers(connection, workers, running);
  }

  async stop(): Promise<void> {
    for (const worker of this.workers) if (worker.getState() === 'RUNNING') worker.shutdown();
    await Promise.all(this.running);
    await this.connection.close();
  }
}

type QueueOptions = Pick<
  WorkerOptions,
  'taskQueue' | 'activities' | 'workflowBundle' | 'maxConcurrentActivityTaskExecutions' | 'maxCachedWorkflows'
> & { taskQueue: string };

function optionsOf({ services, workflows }: WorkerPlan): QueueOptions[] {
  const options: QueueOptions[] = services.flatMap(({ name, activities }) => {
    const bound = methodsOf(activities);
    return [
      { taskQueue: queueOf(name), activities: bound, maxConcurrentActivityTaskExecutions: shortSlots },
      { taskQueue: bulkQueueOf(name), activities: bound, maxConcurrentActivityTaskExecutions: bulkSlots },
    ];
  });
  if (!workflows) return options;
  if (!existsSync(workflows.bundlePath))
    throw new Error(`workflow bundle ${workflows.bundlePath} is missing: npm run build`);
  options.push({
    taskQueue: orchestratorQueue,
    workflowBundle: { codePath: workflows.bundlePath },
    activities: methodsOf([workflows.activities]),
    maxCachedWorkflows: 500,
  });
  return options;
}

type Activity = (input: never) => Promise<unknown>;

/** The methods of activities classes, bound: the names that workflows call. One name has one class. */
function methodsOf(instances: object[]): Record<string, Activity> {
  const methods: Record<string, Activity> = {};
  for (const instance of instances) {
    const prototype = Object.getPrototypeOf(instance) as Record<string, Activity>;
    for (const name of Object.getOwnPropertyNames(prototype)) {
      if (name === 'constructor') continue;
      if (methods[name]) throw new Error(`two classes of one service have an activity ${name}`);
      methods[name] = (input) => prototype[name]!.call(instance, input);
    }
  }
  return methods;
}

let installed = false;

/** The SDK's own lines go to our log; its signal handling is ours (HTTP first, then workers, then connections). */
function quietRuntime(logger: Logger): void {
  if (installed) return;
  installed = true;
  const log = (level: 'debug' | 'info' | 'warn' | 'error') => (message: string, meta?: object) =>
    logger[level](meta ?? {}, message);
  Runtime.install({
    shutdownSignals: [],
    logger: {
      log: (_level, message, meta) => logger.debug(meta ?? {}, message),
      trace: log('debug'),
      debug: log('debug'),
      info: log('debug'),
      warn: log('warn'),
      error: log('error'),
    },
    telemetryOptions: { logging: { forward: {}, filter: 'WARN' } },
  });
}
