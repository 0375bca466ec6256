import { execFileSync } from 'node:child_process';

/** Before specs that run compiled code: it is compiled from today's sources, workflows' bundle included. */
export default function buildApps(): void {
  execFileSync('npx', ['nx', 'run-many', '-t', 'build'], {
    env: { ...process.env, NX_DAEMON: 'false' },
    stdio: 'pipe',
  });
}
