import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { connect } from 'node:net';
import { dirname, join } from 'node:path';
import { EngineFailure, reasonOf } from './engine-failure';
import type { Log } from './find-binary';
import { HOST } from './ports';
import { startProcess, type RunningProcess } from './running-process';
import { askHttp, waitUntilReady } from './wait-until-ready';

export interface MailInbox {
  readonly smtpUrl: string;
  readonly inboxUrl: string;
  /** Each mail lies here as an .eml file. */
  readonly mailFolder: string;
  readonly pid: number;
  stop(): Promise<void>;
  /** Again on the same ports, with the mails it had. */
  start(): Promise<void>;
}

interface MailInboxPlan {
  readonly dataFolder: string;
  readonly smtpPort: number;
  readonly inboxPort: number;
  readonly log: Log;
}

const SCRIPT = join('node_modules', 'maildev', 'dist', 'bin', 'maildev.js');
const GREETING_LIMIT_MS = 5_000;
const READY_LIMIT_MS = 30_000;
const STOP_LIMIT_MS = 5_000;

export async function useSmtpAt(url: string, log: Log): Promise<void> {
  try {
    const { hostname, port, protocol } = new URL(url);
    await answers(hostname, Number(port) || (protocol === 'smtps:' ? 465 : 25));
    log(`mail: ${hostname}, from SMTP_URL`);
  } catch (error) {
    throw new EngineFailure(
      `no mail server answers at SMTP_URL (${reasonOf(error)}): start it, or unset SMTP_URL`,
    );
  }
}

export async function startMailInbox({
  dataFolder,
  smtpPort,
  inboxPort,
  log,
}: MailInboxPlan): Promise<MailInbox> {
  const mailFolder = join(dataFolder, 'mails');
  await mkdir(mailFolder, { recursive: true });
  const inboxUrl = `http://${HOST}:${inboxPort}`;
  const args = [findScript(), ...inboxArguments(smtpPort, inboxPort, mailFolder)];

  async function startOnce(): Promise<RunningProcess> {
    const plan = { name: 'maildev', command: process.execPath, args, dataFolder, stopLimitMs: STOP_LIMIT_MS };
    const started = await startProcess(plan);
    try {
      await waitUntilReady(started, () => askHttp(`${inboxUrl}/api/healthz`), READY_LIMIT_MS);
      await waitUntilReady(started, () => answers(HOST, smtpPort), READY_LIMIT_MS);
      return started;
    } catch (error) {
      await started.stop();
      throw error;
    }
  }

  let running = await startOnce();
  log(`mail inbox: maildev from node_modules, SMTP at ${HOST}:${smtpPort}, web at ${inboxUrl}`);
  return {
    smtpUrl: `smtp://${HOST}:${smtpPort}`,
    inboxUrl,
    mailFolder,
    get pid() {
      return running.pid;
    },
    stop: () => running.stop(),
    async start() {
      if (running.hasExited()) running = await startOnce();
    },
  };
}

export function inboxArguments(smtpPort: number, inboxPort: number, mailFolder: string): string[] {
  const smtp = ['--ip', HOST, '--smtp', String(smtpPort)];
  const web = ['--web-ip', HOST, '--web', String(inboxPort)];
  return [...smtp, ...web, '--mail-directory', mailFolder];
}

/** The package exports no path to its program, so it is looked for from here upwards. */
function findScript(from = __dirname): string {
  const candidate = join(from, SCRIPT);
  if (existsSync(candidate)) return candidate;
  const parent = dirname(from);
  if (parent === from) throw new EngineFailure('maildev is not installed: run npm ci');
  return findScript(parent);
}

function answers(host: string, port: number): Promise<void> {
  return new Promise((done, fail) => {
    const socket = connect({ host, port, timeout: GREETING_LIMIT_MS });
    const end = (error?: Error) => {
      socket.destroy();
      if (error) fail(error);
      else done();
    };
    socket.once('data', () => end());
    socket.once('timeout', () => end(new Error('no greeting')));
    socket.once('error', end);
  });
}
