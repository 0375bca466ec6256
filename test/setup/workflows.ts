import { execFileSync } from 'node:child_process';
import { testServerBinary } from '../../tools/engines';

/** Before the workflow specs: the time-skipping server's binary, and today's workflows in one bundle. */
export default async function setUpWorkflowSpecs(): Promise<void> {
  process.env['TEST_SERVER_BINARY'] = await testServerBinary();
  execFileSync('npx', ['nx', 'run', 'workflows:build'], {
    env: { ...process.env, NX_DAEMON: 'false' },
    stdio: 'pipe',
  });
}
