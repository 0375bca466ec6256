import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { cacheFolder, placeInCache } from './binary-cache';
import { EngineFailure, reasonOf } from './engine-failure';
import { freePort, HOST } from './ports';
import { runCommand } from './run-command';
import { startProcess } from './running-process';
import { waitUntilReady } from './wait-until-ready';

/** The vendor's own mock of its API: stateless, it proves that requests and answers have the right shape. */
const stripeMockModule = 'github.com/stripe/stripe-mock';
export const STRIPE_MOCK_VERSION = 'v0.203.0';

const BUILD_LIMIT_MS = 400_000;
const READY_LIMIT_MS = 30_000;
const STOP_LIMIT_MS = 3_000;
const ANSWER_LIMIT_MS = 2_000;

export interface StripeMock {
  readonly url: string;
  stop(): Promise<void>;
}

/** `missing` says why there is none: nobody needs Go to work on anything else. */
export async function findStripeMock(
  environment: NodeJS.ProcessEnv = process.env,
): Promise<{ path: string } | { missing: string }> {
  const named = environment.STRIPE_MOCK_BINARY;
  if (named) {
    if (existsSync(named)) return { path: named };
    throw new EngineFailure(`STRIPE_MOCK_BINARY names ${named}, which is not there`);
  }
  const onPath = (environment.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, 'stripe-mock'))
    .find((candidate) => existsSync(candidate));
  if (onPath) return { path: onPath };
  const built = join(cacheFolder(environment), 'go', `stripe-mock-${STRIPE_MOCK_VERSION}`, 'stripe-mock');
  if (existsSync(built)) return { path: built };
  try {
    return { path: await placeInCache(built, buildInto) };
  } catch (error) {
    const way = 'install Go, or set STRIPE_MOCK_BINARY';
    return { missing: `stripe-mock cannot be built (${reasonOf(error)}): ${way}` };
  }
}

/** The checksum database of Go's modules proves that the pinned version is what it was. */
async function buildInto(scratch: string): Promise<string> {
  await runCommand('go', ['install', `${stripeMockModule}@${STRIPE_MOCK_VERSION}`], {
    limitMs: BUILD_LIMIT_MS,
    environment: { ...process.env, GOBIN: scratch },
  });
  return join(scratch, 'stripe-mock');
}

export async function startStripeMock(path: string, dataFolder: string): Promise<StripeMock> {
  const [http, https] = [await freePort(), await freePort()];
  const running = await startProcess({
    name: 'stripe-mock',
    command: path,
    // Without an address of its own each of the two listens on every interface.
    args: ['-http-addr', `${HOST}:${http}`, '-https-addr', `${HOST}:${https}`],
    dataFolder,
    stopLimitMs: STOP_LIMIT_MS,
  });
  const url = `http://${HOST}:${http}`;
  await waitUntilReady(
    running,
    () => fetch(url, { signal: AbortSignal.timeout(ANSWER_LIMIT_MS) }),
    READY_LIMIT_MS,
  );
  return { url, stop: () => running.stop() };
}
