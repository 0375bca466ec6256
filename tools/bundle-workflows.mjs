// Bundles the compiled workflows once, for every process that runs them: dist/workflow-bundle.js.
import { bundleWorkflowCode } from '@temporalio/worker';
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const quiet = () => undefined;
const { code } = await bundleWorkflowCode({
  workflowsPath: join(root, 'dist/libs/workflows/src/index.js'),
  logger: { log: quiet, trace: quiet, debug: quiet, info: quiet, warn: quiet, error: console.error },
});
await writeFile(join(root, 'dist/workflow-bundle.js'), code);
