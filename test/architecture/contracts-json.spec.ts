import { join } from 'node:path';
import ts from 'typescript';
import { root } from './compose-file';
import { whatJsonCannotCarry } from './json-only';

const compileLimitMs = 60_000;
const configFile = join(root, 'tsconfig.base.json');
const { options } = ts.parseJsonConfigFileContent(
  ts.readConfigFile(configFile, (path) => ts.sys.readFile(path)).config,
  ts.sys,
  root,
);

/** A program over one entry file, which may exist in memory only. */
function faultsOf(entry: string, code?: string): string[] {
  const host = ts.createCompilerHost(options);
  if (code !== undefined) {
    const onDisk = host.getSourceFile.bind(host);
    host.getSourceFile = (name, version) =>
      name === entry ? ts.createSourceFile(name, code, version) : onDisk(name, version);
    host.fileExists = (name) => name === entry || ts.sys.fileExists(name);
  }
  return whatJsonCannotCarry(ts.createProgram([entry], options, host), entry);
}

it(
  'contracts carry JSON only',
  () => {
    expect(faultsOf(join(root, 'libs/contracts/src/index.ts'))).toEqual([]);
  },
  compileLimitMs,
);

it(
  'what JSON cannot carry is found, wherever it hides',
  () => {
    const code = `
    import { defineSignal, defineQuery, defineUpdate } from '@temporalio/workflow';
    import type { ObjectId } from 'mongodb';
    import { defineProcess, type ProcessInput } from './process';
    interface Money { readonly minor: number; readonly currency: string }
    interface Row { id: ObjectId; lines: { amount: bigint }[]; tags: Record<string, Map<string, string>> }
    export interface BadActivities {
      load(input: { since: Date; note?: string }): Promise<Row | null>;
      price(input: { how: () => number; free: any }): Promise<Money>;
    }
    export const wake = defineSignal<[{ at: Date }]>('wake');
    export const signals = { stop: defineSignal<[{ seen: Set<string> }]>('stop') } as const;
    export const progress = defineQuery<{ count: bigint }>('progress');
    export const change = defineUpdate<Money, [{ to: symbol }]>('change');
    export const run = defineProcess<ProcessInput & { cutOff: Date }>({ workflow: 'run', reuse: 'once', rank: 'usage', id: () => 'run' });
  `;
    expect(faultsOf(join(root, 'libs/contracts/src/bad-contract.ts'), code)).toEqual([
      'BadActivities.load input.since: Date',
      'BadActivities.load result.id: ObjectId',
      'BadActivities.load result.lines[].amount: bigint',
      'BadActivities.load result.tags[*]: Map',
      'BadActivities.price input.how: a function',
      'BadActivities.price input.free: any',
      'wake[].at: Date',
      'signals.stop[].seen: Set',
      'progress.count: bigint',
      'change[].to: symbol',
      'run.cutOff: Date',
    ]);
  },
  compileLimitMs,
);
