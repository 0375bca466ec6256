import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { activityInfo } from '@temporalio/activity';
import type { Client } from '@temporalio/client';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import {
  bulkQueueOf,
  isSandbox,
  orchestratorQueue,
  type ProcessDefinition,
  type ProcessEvent,
  type ProcessInput,
  queueOf,
  type ServiceName,
  serviceNames,
  testClockId,
  testClockState,
  advanceUpdate,
} from '@tollkeeper/contracts';
import { Processes, type Temporal } from '@tollkeeper/platform';

const pollMs = 20;

/** Answers of the services' activities, by service; whatever a spec leaves out fails when it is called. */
export type ServiceAnswers = Partial<Record<ServiceName, Record<string, (input: never) => unknown>>>;

/**
 * The real workflows on the time-skipping server, with services that answer as the spec says. Live tenants' timers
 * are skipped; sandbox tenants move by their test clock.
 */
export class WorkflowBench {
  private workers: Worker[] = [];
  private running: Promise<void>[] = [];
  private answers: ServiceAnswers = {};

  private constructor(private readonly environment: TestWorkflowEnvironment) {}

  static async start(): Promise<WorkflowBench> {
    Runtime.install({
      logger: new DefaultLogger('ERROR'),
      telemetryOptions: { logging: { forward: {}, filter: 'ERROR' } },
    });
    const path = process.env['TEST_SERVER_BINARY'];
    if (!path) throw new Error('TEST_SERVER_BINARY is set by test/setup/workflows.ts');
    const environment = await TestWorkflowEnvironment.createTimeSkipping({
      server: { executable: { type: 'existing-path', path } },
    });
    const bench = new WorkflowBench(environment);
    await bench.startWorkers();
    return bench;
  }

  get client(): Client {
    return this.environment.client;
  }

  get processes(): Processes {
    return new Processes({ client: this.client } as Temporal);
  }

  /** The business time of a live tenant: the server's own. */
  async liveNow(): Promise<string> {
    return new Date(await this.environment.currentTimeMs()).toISOString();
  }

  answer(answers: ServiceAnswers): void {
    this.answers = answers;
  }

  async start<Input extends ProcessInput>(
    definition: ProcessDefinition<Input>,
    input: Input,
  ): Promise<string> {
    return (await this.processes.start(definition, input)).processId;
  }

  async result<Result>(processId: string): Promise<Result> {
    return (await this.client.workflow.getHandle(processId).result()) as Result;
  }

  /** Skips a live tenant's time. */
  async skip(duration: string | number): Promise<void> {
    await this.environment.sleep(duration as number);
  }

  /** Moves a sandbox's clock and waits until it has arrived. */
  async advance(tenantId: string, to: string): Promise<void> {
    if (!isSandbox(tenantId)) throw new Error('only a sandbox has a test clock');
    const clock = this.client.workflow.getHandle(testClockId(tenantId));
    await clock.executeUpdate(advanceUpdate, { args: [{ to, operationId: `to-${to}` }] });
    for (;;) {
      const state = await this.processes.shown(testClockId(tenantId), testClockState);
      if (state?.status === 'ready' && state.now === to) return;
      await pause(pollMs);
    }
  }

  async stop(): Promise<void> {
    for (const worker of this.workers) worker.shutdown();
    await Promise.all(this.running);
    await this.environment.teardown();
  }

  private async startWorkers(): Promise<void> {
    const shared = { connection: this.environment.nativeConnection, namespace: this.environment.namespace };
    for (const service of serviceNames) {
      const activities = this.activitiesOf(service);
      for (const taskQueue of [queueOf(service), bulkQueueOf(service)]) {
        this.workers.push(await Worker.create({ ...shared, taskQueue, activities }));
      }
    }
    this.workers.push(
      await Worker.create({
        ...shared,
        taskQueue: orchestratorQueue,
        workflowBundle: { codePath: join(process.cwd(), 'dist', 'workflow-bundle.js') },
        activities: { inspectProcesses: (input: { processIds: string[] }) => this.inspect(input.processIds) },
      }),
    );
    this.running = this.workers.map((worker) => worker.run());
  }

  /** Any activity name is known; what it answers is looked up when it is called. */
  private activitiesOf(service: ServiceName): object {
    return {
      default: async (input: never) => {
        const { activityType } = activityInfo();
        const answer = this.answers[service]?.[activityType];
        if (!answer && activityType === 'pendingWork') return { pending: 0 };
        if (!answer) throw new Error(`the spec does not answer ${service}.${activityType}`);
        return answer(input);
      },
    };
  }

  private async inspect(processIds: string[]) {
    return Promise.all(
      processIds.map(async (processId) => {
        const open = await this.client.workflow
          .getHandle(processId)
          .describe()
          .then(
            ({ status }) => status.name === 'RUNNING',
            () => false,
          );
        return { processId, open };
      }),
    );
  }
}

export const event = (eventId: string, at: string, more: Partial<ProcessEvent> = {}): ProcessEvent => ({
  eventId,
  at,
  ...more,
});
