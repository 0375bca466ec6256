import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isAlive, type ProcessIdentity } from '../engines';

/** Where a running stack is: how `npm run demo` and `npm run audit` find the one that `npm start` keeps up. */
export interface StackDescriptor {
  readonly dataFolder: string;
  readonly apiUrl: string;
  readonly temporalUiUrl?: string;
  readonly inboxUrl?: string;
  readonly mailFolder?: string;
  /** The variables that its processes run with: set them, and a tool talks to the same engines. */
  readonly environment: Readonly<Record<string, string>>;
  readonly processes: readonly ProcessIdentity[];
}

const OWNER_ONLY = 0o600;

export async function writeDescriptor(descriptor: StackDescriptor): Promise<void> {
  await writeFile(fileIn(descriptor.dataFolder), JSON.stringify(descriptor, null, 2), { mode: OWNER_ONLY });
}

export async function removeDescriptor(dataFolder: string): Promise<void> {
  await rm(fileIn(dataFolder), { force: true });
}

/** The stack that runs on this data folder now; a description whose processes are gone says nothing. */
export async function findRunningStack(dataFolder: string): Promise<StackDescriptor | undefined> {
  try {
    const descriptor = JSON.parse(await readFile(fileIn(dataFolder), 'utf8')) as StackDescriptor;
    return descriptor.processes.every(isAlive) ? descriptor : undefined;
  } catch {
    return undefined;
  }
}

function fileIn(dataFolder: string): string {
  return join(dataFolder, 'stack.json');
}
