import { spawn } from 'node:child_process';
import { oneLine } from './engine-failure';

const OUTPUT_LIMIT = 20_000;

/** Runs a short-lived command to its end; rejects with its last words when it fails or outlives the limit. */
export function runCommand(
  command: string,
  args: readonly string[],
  { limitMs, cwd, environment }: { limitMs: number; cwd?: string; environment?: NodeJS.ProcessEnv },
): Promise<string> {
  return new Promise((done, fail) => {
    const child = spawn(command, args, {
      cwd,
      env: environment ?? process.env,
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: limitMs,
      killSignal: 'SIGKILL',
    });
    let output = '';
    let errors = '';
    child.stdout.on('data', (chunk: Buffer) => (output = (output + chunk.toString()).slice(-OUTPUT_LIMIT)));
    child.stderr.on('data', (chunk: Buffer) => (errors = (errors + chunk.toString()).slice(-OUTPUT_LIMIT)));
    child.on('error', fail);
    child.on('close', (code, signal) => {
      if (code === 0) return done(output);
      if (signal === 'SIGKILL') return fail(new Error(`${command} did not end within ${limitMs / 1000} s`));
      fail(new Error(lastLine(errors) || lastLine(output) || `${command} ended with ${code ?? signal}`));
    });
  });
}

function lastLine(text: string): string {
  return oneLine(text.trim().split('\n').at(-1) ?? '');
}
