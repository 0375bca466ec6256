import { serveUntilStopped, workflowBundlePath } from '@tollkeeper/platform';

serveUntilStopped({ name: 'orchestrator', services: [], workflows: { bundlePath: workflowBundlePath() } });
