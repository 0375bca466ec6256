import { execFileSync } from 'node:child_process';

/** Before the fault specs: what they start, kill and start again is compiled from today's sources. */
export default function buildApps(): void {
  execFileSync('npx', ['nx', 'run-many', '-t', 'build'], {
    env: { ...process.env, NX_DAEMON: 'false' },
    stdio: 'pipe',
  });
}
