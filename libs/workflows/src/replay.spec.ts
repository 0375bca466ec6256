import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';

const folder = join(__dirname, 'histories');
const recorded = readdirSync(folder).filter((name) => name.endsWith('.json'));

/** Open processes outlive deploys: what was recorded must replay on today's code. */
describe('recorded histories', () => {
  beforeAll(() => {
    Runtime.install({
      logger: new DefaultLogger('ERROR'),
      telemetryOptions: { logging: { forward: {}, filter: 'ERROR' } },
    });
  });

  it('cover every process', () => {
    const processes = readFileSync(join(__dirname, 'index.ts'), 'utf8').match(/export \{ (\w+) \}/g) ?? [];
    // `<process>.<branch>.json` is one more run of it, through a branch that the first does not take.
    const covered = new Set(recorded.map((name) => `export { ${name.split('.')[0]} }`));
    expect([...covered].sort()).toEqual([...processes].sort());
  });

  it.each(recorded)('%s replays', async (name) => {
    const { workflowId, history } = JSON.parse(readFileSync(join(folder, name), 'utf8')) as {
      workflowId: string;
      history: unknown;
    };
    const workflowBundle = { codePath: join(process.cwd(), 'dist', 'workflow-bundle.js') };
    await Worker.runReplayHistory({ workflowBundle }, history, workflowId);
  });
});
