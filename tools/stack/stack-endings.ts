import { lastWords, type Exit, type Log, type RunningProcess } from '../engines';
import type { Stack } from './run-stack';

export type OnCrash = (crashed: RunningProcess, exit: Exit, stack: Stack, log: Log) => void | Promise<void>;

const LINES_SHOWN = 20;
const INTERRUPTED = 130;

export async function endOnCrash(crashed: RunningProcess, exit: Exit, stack: Stack, log: Log): Promise<void> {
  crashed.lastLines(LINES_SHOWN).forEach((line) => log(line));
  log(`${crashed.name} ended by itself with ${exit.code ?? exit.signal}: its log is ${crashed.logFile}`);
  await stack.stop();
  process.exit(1);
}

/** The first Ctrl-C (or SIGTERM) stops the stack in order; a second one leaves the rest to the guard process. */
export function stopOnSignals(stack: Stack, log: Log): void {
  let stopping = false;
  const end = (signal: NodeJS.Signals) => {
    if (stopping) process.exit(INTERRUPTED);
    stopping = true;
    log(`${signal}: stopping everything that was started here`);
    stack.stop().then(
      () => {
        log('stopped; the data stays where it is');
        process.exit(0);
      },
      (error: unknown) => {
        log(lastWords(error));
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
}
