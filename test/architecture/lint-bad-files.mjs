// Lints each file of bad/ with the repository's own config, as if it lay where its first line says, and prints what
// was reported. A process of its own: jest cannot load the config's modules.
import { ESLint } from 'eslint';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import tseslint from 'typescript-eslint';

const root = resolve(import.meta.dirname, '..', '..');
const folder = join(import.meta.dirname, 'bad');

const typed = new ESLint({ cwd: root });
// Rules that need types know only files that exist; the other bad files stand in places where none is.
const untyped = new ESLint({
  cwd: root,
  overrideConfig: [
    tseslint.configs.disableTypeChecked,
    { languageOptions: { parserOptions: { projectService: false } } },
  ],
});

const findings = {};
for (const name of readdirSync(folder).sort()) {
  const code = readFileSync(join(folder, name), 'utf8');
  const place = /^\/\/ as (\S+)/.exec(code)?.[1];
  if (!place) throw new Error(`${name} does not say where it pretends to lie`);
  const filePath = join(root, place);
  const [{ messages }] = await (existsSync(filePath) ? typed : untyped).lintText(code, { filePath });
  findings[name] = messages.map(({ ruleId, line, message }) => ({ ruleId, line, message }));
}
process.stdout.write(JSON.stringify(findings));
