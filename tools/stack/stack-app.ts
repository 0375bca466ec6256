import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  EngineFailure,
  askHttp,
  startProcess,
  waitUntilReady,
  type Exit,
  type RunningProcess,
} from '../engines';

/** One deployable of ours, run from its compiled main.js. */
interface AppPlan {
  readonly name: string;
  readonly distFolder: string;
  readonly dataFolder: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly healthUrl: string;
  /** Called when it ends without having been asked to. */
  readonly onCrash: (app: RunningProcess, exit: Exit) => void;
}

const READY_LIMIT_MS = 90_000;
const STOP_LIMIT_MS = 20_000;

export async function startApp(plan: AppPlan): Promise<RunningProcess> {
  const main = join(plan.distFolder, 'apps', plan.name, 'main.js');
  if (!existsSync(main)) throw new EngineFailure(`${main} is missing: run npm run build`);
  const app = await startProcess({
    name: plan.name,
    command: process.execPath,
    args: ['--enable-source-maps', main],
    dataFolder: plan.dataFolder,
    environment: { ...process.env, ...plan.environment },
    workingFolder: dirname(plan.distFolder),
    stopLimitMs: STOP_LIMIT_MS,
  });
  try {
    await waitUntilReady(app, () => askHttp(plan.healthUrl), READY_LIMIT_MS);
  } catch (error) {
    await app.stop();
    throw error;
  }
  void app.exited.then((exit) => {
    if (!exit.asked) plan.onCrash(app, exit);
  });
  return app;
}
