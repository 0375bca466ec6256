import { readFile, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import type { DemoSummary } from './summary';

/** Lies beside the source, also when this runs compiled. */
function expectationFile(): string {
  const above = resolve(__dirname, '..', '..');
  const root = basename(above) === 'dist' ? resolve(above, '..') : above;
  return join(root, 'tools', 'demo', 'expected.json');
}

export async function recordExpectation(summary: DemoSummary): Promise<void> {
  await writeFile(expectationFile(), `${JSON.stringify(summary, null, 2)}\n`);
}

/** One line for each count or total that is not what this seed gives. */
export async function differences(summary: DemoSummary): Promise<string[]> {
  const expected = flat(JSON.parse(await readFile(expectationFile(), 'utf8')) as object);
  const found = flat(summary);
  const names = new Set([...Object.keys(expected), ...Object.keys(found)]);
  return [...names]
    .filter((name) => expected[name] !== found[name])
    .map((name) => `${name}: expected ${expected[name] ?? 'nothing'}, found ${found[name] ?? 'nothing'}`);
}

const flat = (value: object, prefix = ''): Record<string, number | string> =>
  Object.fromEntries(
    Object.entries(value).flatMap(([name, inner]): [string, number | string][] =>
      typeof inner === 'object' && inner !== null
        ? Object.entries(flat(inner as object, `${prefix}${name}.`))
        : [[prefix + name, inner as number | string]],
    ),
  );
