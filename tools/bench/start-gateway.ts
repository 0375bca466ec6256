import { join } from 'node:path';
import { askHttp, freePort, HOST, type RunningProcess, startProcess, waitUntilReady } from '../engines';

const readyLimitMs = 30_000;
const stopLimitMs = 10_000;
const key = 'bench-gateway-key';

/** The sandbox gateway as it runs in a stack; nobody listens to its webhooks. */
export async function startGateway(
  dist: string,
  dataFolder: string,
  environment: Readonly<Record<string, string>>,
): Promise<{ process: RunningProcess; environment: Record<string, string> }> {
  const port = await freePort();
  const url = `http://${HOST}:${port}`;
  const process = await startProcess({
    name: 'sandbox-gateway',
    command: globalThis.process.execPath,
    args: ['--enable-source-maps', join(dist, 'apps', 'sandbox-gateway', 'main.js')],
    dataFolder,
    environment: {
      ...globalThis.process.env,
      ...environment,
      PORT: String(port),
      SANDBOX_GATEWAY_KEY: key,
      SANDBOX_WEBHOOK_URL: `http://${HOST}:9/`,
      SANDBOX_WEBHOOK_SECRET: 'bench-webhook-secret',
    },
    stopLimitMs,
  });
  try {
    await waitUntilReady(process, () => askHttp(`${url}/health`), readyLimitMs);
  } catch (error) {
    await process.stop();
    throw error;
  }
  return { process, environment: { SANDBOX_GATEWAY_URL: url, SANDBOX_GATEWAY_KEY: key } };
}
