import { join } from 'node:path';
import { VENDOR_MONGODB_VERSION, type EngineSpec } from './engine-specs';
import { runCommand } from './run-command';

const PROBE_LIMIT_MS = 2_500;
const DOWNLOAD_LIMIT_MS = 300_000;
const PROXY_VARIABLES = ['HTTPS_PROXY', 'https_proxy', 'ALL_PROXY', 'all_proxy'];

export function vendorLabel(spec: EngineSpec): string {
  return spec.name === 'mongod' ? VENDOR_MONGODB_VERSION : 'default';
}

export async function downloadFromVendor(spec: EngineSpec, folder: string): Promise<string> {
  if (probeSaysSomething(spec, process.env)) await probe(spec.vendor.probe);
  const script = join(__dirname, 'vendor-download-process.mjs');
  const output = await runCommand(process.execPath, [script, spec.name, folder, VENDOR_MONGODB_VERSION], {
    limitMs: DOWNLOAD_LIMIT_MS,
    cwd: __dirname,
  });
  const binary = output.trim().split('\n').at(-1);
  if (!binary) throw new Error('the download named no binary');
  return binary;
}

/** Behind a proxy or a mirror the direct way proves nothing, and the download itself has to tell. */
function probeSaysSomething({ vendor }: EngineSpec, environment: NodeJS.ProcessEnv): boolean {
  const detours = vendor.mirrorVariable ? [...PROXY_VARIABLES, vendor.mirrorVariable] : PROXY_VARIABLES;
  return !detours.some((name) => environment[name]);
}

async function probe(address: string): Promise<void> {
  await fetch(address, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(PROBE_LIMIT_MS) });
}
