// The door of every npm script: checks Node, installs what the lockfile says, builds what changed, runs the command.
// Plain Node on purpose: on a fresh clone nothing is installed yet.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join, resolve } from 'node:path';

const OLDEST_NODE = [20, 19];
const PROGRESS_EVERY_MS = 5_000;
const PARENT_EVERY_MS = 500;
const LINES_SHOWN = 15;
/** npm passes on the Ctrl-C that the terminal has sent us already; a person's second one comes later than this. */
const SAME_SIGNAL_MS = 1_000;

const root = resolve(import.meta.dirname ?? '.', '..');
const lockFile = join(root, 'package-lock.json');
const modules = join(root, 'node_modules');
const recordedLock = join(modules, '.tollkeeper-lock');

const commands = {
  start: (args) => runCompiled('start', args),
  demo: (args) => runCompiled('demo', args),
  audit: (args) => runCompiled('audit', args),
  bench: (args) => runCompiled('bench', args),
  // What people call as `npx tollkeeper`: the files that it is given are named from where they are.
  tollkeeper: (args) => runCompiled('cli', args, { cwd: process.cwd() }),
  test: (args) =>
    buildThen(() => run('jest', [join(modules, 'jest', 'bin', 'jest.js'), ...totals(), ...args])),
  build: () => buildThen(typecheck),
  lint,
};

class Stopped extends Error {}

const [name, ...args] = process.argv.slice(2);
/** The command's own output is for other programs: what we say goes beside it, and only what takes long. */
const isPiped = name === 'tollkeeper';
const say = isPiped ? console.error : console.log;

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  const isNewEnough = major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1]);
  if (!isNewEnough) {
    throw new Stopped(
      `Node ${OLDEST_NODE.join('.')} or newer is needed, this is ${process.versions.node}: get it from nodejs.org`,
    );
  }
}

async function install() {
  const wanted = createHash('sha256').update(readFileSync(lockFile)).digest('hex');
  if (existsSync(recordedLock) && readFileSync(recordedLock, 'utf8') === wanted) return;
  if (!isInstalled()) {
    const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
    await runQuietly(
      'installing packages',
      npm,
      ['ci', '--no-audit', '--no-fund'],
      'check the network and that npm is on PATH, then try again',
    );
  }
  writeFileSync(recordedLock, wanted);
}

/** True for a folder that npm itself filled from this lockfile: installing it again would change nothing. */
function isInstalled() {
  const installed = join(modules, '.package-lock.json');
  if (!existsSync(installed)) return false;
  const there = packagesIn(installed);
  const wanted = Object.entries(packagesIn(lockFile)).filter(([path, entry]) => path && !entry.optional);
  return wanted.every(
    ([path, entry]) => there[path]?.version === entry.version && existsSync(join(root, path)),
  );
}

function packagesIn(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages;
}

async function build() {
  const nx = join(modules, 'nx', 'dist', 'bin', 'nx.js');
  await runQuietly(
    'building',
    process.execPath,
    [nx, 'run-many', '-t', 'build', '--output-style=static'],
    'the lines above say what to mend',
  );
}

async function buildThen(next) {
  await build();
  return next();
}

function runCompiled(name, args, place = { cwd: root }) {
  return buildThen(() => {
    const main = join(root, 'dist', 'tools', name, 'main.js');
    if (!existsSync(main)) throw new Stopped(`${main} is missing: this copy has no "${name}"`);
    return run(name, ['--enable-source-maps', main, ...args], place);
  });
}

/** Where a caller (.ci/run) wants jest's own counts as a file. */
function totals() {
  const file = process.env.TEST_TOTALS_FILE;
  return file ? ['--json', `--outputFile=${file}`] : [];
}

async function typecheck() {
  const tsc = join(modules, 'typescript', 'bin', 'tsc');
  const everything = await run('tsc', [tsc, '-p', 'tsconfig.json']);
  const pure = await run('tsc', [tsc, '-p', 'tsconfig.pure.json']);
  return everything || pure;
}

async function lint(args) {
  const rules = await run('eslint', [join(modules, 'eslint', 'bin', 'eslint.js'), '.', ...args]);
  const layout = await run('prettier', [
    join(modules, 'prettier', 'bin', 'prettier.cjs'),
    '--check',
    '--log-level',
    'warn',
    '.',
  ]);
  return rules || layout;
}

/** Runs a step of our own whose output matters only when it fails; says that it is still at it. */
function runQuietly(what, command, args, wayOut) {
  const began = performance.now();
  const seconds = () => ((performance.now() - began) / 1000).toFixed(1);
  const ticker = setInterval(() => say(`${what} ... ${seconds()} s`), PROGRESS_EVERY_MS);
  return new Promise((done, fail) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, NX_DAEMON: 'false', NX_TUI: 'false' },
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: command.endsWith('.cmd'),
    });
    let output = '';
    const keep = (chunk) => (output += chunk);
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', (error) => fail(new Stopped(`${what} failed (${error.message}): ${wayOut}`)));
    child.on('close', (code) => {
      if (code === 0) return done(isPiped || say(`${what}: ${seconds()} s`));
      console.error(shorten(output));
      fail(new Stopped(`${what} failed: ${wayOut}`));
    });
  }).finally(() => clearInterval(ticker));
}

/** The cause stands at the start (npm) or at the end (compilers) of what a failed step said. */
function shorten(output) {
  const lines = output
    .trimEnd()
    .split('\n')
    .filter((line) => !line.startsWith('npm warn'));
  if (lines.length <= 2 * LINES_SHOWN) return lines.join('\n');
  return [...lines.slice(0, LINES_SHOWN), '...', ...lines.slice(-LINES_SHOWN)].join('\n');
}

/** Runs the command itself, in a group of its own so that each signal reaches it once: by us. */
function run(what, args, { cwd } = { cwd: root }) {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, args, {
      cwd,
      stdio: 'inherit',
      detached: process.platform !== 'win32',
    });
    let lastAt = -Infinity;
    const forward = (signal) => {
      if (performance.now() - lastAt < SAME_SIGNAL_MS) return;
      lastAt = performance.now();
      child.kill(signal === 'SIGHUP' ? 'SIGTERM' : signal);
    };
    // npm runs us through a shell that does not pass SIGTERM on: when that shell is gone, so is whoever wanted us.
    const parent = process.ppid;
    const stopWhenOrphaned = () => {
      if (process.ppid === parent) return;
      clearInterval(watch);
      forward('SIGTERM');
    };
    const watch = process.env.npm_lifecycle_event && setInterval(stopWhenOrphaned, PARENT_EVERY_MS);
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    signals.forEach((signal) => process.on(signal, forward));
    child.on('error', (error) => fail(new Stopped(`${what} does not start: ${error.message}`)));
    child.on('exit', (code, signal) => {
      clearInterval(watch);
      signals.forEach((name) => process.off(name, forward));
      done(code ?? 128 + constants.signals[signal]);
    });
  });
}

try {
  checkNode();
  if (!Object.hasOwn(commands, name ?? '')) {
    throw new Stopped(`usage: node tools/bootstrap.mjs <${Object.keys(commands).join('|')}> [arguments]`);
  }
  await install();
  process.exitCode = await commands[name](args);
} catch (error) {
  console.error(error instanceof Stopped ? error.message : error);
  process.exitCode = 1;
}
