import { spawn } from 'node:child_process';
import {
  closeSync,
  existsSync,
  fstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { EngineFailure, reasonOf } from './engine-failure';
import { guardPid } from './guard';
import { notePid } from './pid-files';
import { sendSignal, stopPid } from './stop-pid';

export interface ProcessPlan {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly dataFolder: string;
  readonly environment?: NodeJS.ProcessEnv;
  readonly workingFolder?: string;
  /** How long a polite SIGTERM may take before SIGKILL follows. */
  readonly stopLimitMs: number;
}

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** False when it ended by itself. */
  readonly asked: boolean;
}

export interface RunningProcess {
  readonly name: string;
  readonly pid: number;
  readonly logFile: string;
  readonly exited: Promise<Exit>;
  hasExited(): boolean;
  /** The end of what it wrote since it was started. */
  lastLines(count: number): string[];
  kill(signal: NodeJS.Signals): Promise<Exit>;
  stop(): Promise<void>;
}

const LOG_LIMIT_BYTES = 20_000_000;

/** Starts a process in a group of its own, so that the terminal's Ctrl-C reaches us first and we stop it in order. */
export async function startProcess(plan: ProcessPlan): Promise<RunningProcess> {
  const { name, dataFolder } = plan;
  const logFile = join(dataFolder, 'logs', `${name}.log`);
  const log = openLog(logFile);
  const logStart = fstatSync(log).size;
  const child = spawn(plan.command, plan.args, {
    cwd: plan.workingFolder ?? dataFolder,
    env: plan.environment ?? process.env,
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);

  let asked = false;
  let gone = false;
  const exited = new Promise<Exit>((done) => {
    child.once('exit', (code, signal) => {
      gone = true;
      done({ code, signal, asked });
    });
  });
  await new Promise<void>((done, fail) => {
    child.once('spawn', done);
    child.once('error', (error) => fail(new EngineFailure(`${name} does not start: ${reasonOf(error)}`)));
  });
  const pid = child.pid;
  if (pid === undefined) throw new EngineFailure(`${name} does not start: ${plan.command} got no process`);
  const forget = [notePid(dataFolder, name, pid), guardPid(pid, plan.stopLimitMs)];
  void exited.then(() => forget.forEach((step) => step()));

  return {
    name,
    pid,
    logFile,
    exited,
    hasExited: () => gone,
    lastLines: (count) =>
      readFileSync(logFile).subarray(logStart).toString().trimEnd().split('\n').slice(-count),
    kill(signal) {
      asked = true;
      if (!gone) sendSignal(pid, signal);
      return exited;
    },
    async stop() {
      asked = true;
      await stopPid(pid, { signal: 'SIGTERM', limitMs: plan.stopLimitMs, isGone: () => gone });
    },
  };
}

function openLog(file: string): number {
  mkdirSync(dirname(file), { recursive: true });
  if (existsSync(file) && statSync(file).size > LOG_LIMIT_BYTES) renameSync(file, `${file}.1`);
  return openSync(file, 'a');
}
