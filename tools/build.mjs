// Compiles one project (a folder) to dist/<folder> with swc; aliases become relative requires, so that
// plain node, and Temporal's workflow bundler, read dist without any resolver of their own.
import { transformFile } from '@swc/core';
import { cp, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const project = process.argv[2];
if (!project) throw new Error('usage: node tools/build.mjs <project folder>');

const { compilerOptions } = JSON.parse(await readFile(join(root, 'tsconfig.base.json'), 'utf8'));
const options = {
  cwd: root,
  swcrc: false,
  sourceMaps: true,
  module: { type: 'commonjs' },
  jsc: {
    target: 'es2022',
    keepClassNames: true,
    baseUrl: root,
    paths: compilerOptions.paths,
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true },
  },
};

const from = join(root, project);
const to = join(root, 'dist', project);
await rm(to, { recursive: true, force: true });
for (const entry of await readdir(from, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile()) continue;
  const file = join(entry.parentPath, entry.name);
  const target = join(to, relative(from, file));
  if (/\.spec\.ts$|\.md$|project\.json$/.test(entry.name)) continue;
  await mkdir(dirname(target), { recursive: true });
  if (!entry.name.endsWith('.ts')) {
    await cp(file, target);
    continue;
  }
  const { code, map } = await transformFile(file, options);
  const js = target.replace(/\.ts$/, '.js');
  await writeFile(js, `${code}\n//# sourceMappingURL=${entry.name.replace(/\.ts$/, '.js')}.map\n`);
  await writeFile(`${js}.map`, map);
}
