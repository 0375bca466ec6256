import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { EngineFailure } from './engine-failure';

export const HOST = '127.0.0.1';

/** What listens on which port when nothing else is said, and the variable that changes it. */
export const KNOWN_PORTS = {
  temporal: { title: 'Temporal', variable: 'TEMPORAL_PORT', usual: 7233 },
  temporalUi: { title: 'the Temporal UI', variable: 'TEMPORAL_UI_PORT', usual: 8233 },
  mongod: { title: 'MongoDB', variable: 'MONGODB_PORT', usual: 27017 },
  smtp: { title: 'the mail inbox (SMTP)', variable: 'SMTP_PORT', usual: 1025 },
  inbox: { title: 'the mail inbox (web)', variable: 'INBOX_PORT', usual: 1080 },
  api: { title: 'the API', variable: 'API_PORT', usual: 3000 },
} as const;

export type PortName = keyof typeof KNOWN_PORTS;
export type EnginePorts = Partial<Record<Exclude<PortName, 'api'>, number>>;
export type StackPorts = Partial<Record<PortName, number>>;

const PORT_NAMES = Object.keys(KNOWN_PORTS) as PortName[];

/** The ports of `npm start`: the usual ones, or what the environment says. */
export function portsFromEnvironment(environment: NodeJS.ProcessEnv = process.env): Record<PortName, number> {
  const entries = PORT_NAMES.map((name) => [name, readPort(name, environment)] as const);
  return Object.fromEntries(entries) as Record<PortName, number>;
}

function readPort(name: PortName, environment: NodeJS.ProcessEnv): number {
  const { variable, usual } = KNOWN_PORTS[name];
  const text = environment[variable];
  if (!text) return usual;
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new EngineFailure(`${variable}=${text} is no port: give a number from 1 to 65535`);
}

export function portTakenMessage(name: PortName, port: number): string {
  const { title, variable } = KNOWN_PORTS[name];
  return `port ${port} for ${title} is taken by another process: stop that one, or set ${variable} to a free port`;
}

/** The port given, checked to be free, or any free one. */
export async function claimPort(name: PortName, port: number | undefined): Promise<number> {
  if (!port) return freePort();
  if (await portIsFree(port)) return port;
  throw new EngineFailure(portTakenMessage(name, port));
}

export async function portIsFree(port: number): Promise<boolean> {
  return (await listenOnce(port)) !== undefined;
}

/**
 * Below the range from which systems give ports to whoever asks for any (32768 and up on Linux): Temporal opens some
 * of those for itself, and one that it was told to listen on later must not be among them.
 */
const DRAWN_FROM = { first: 20_000, count: 12_000 };
const MOST_DRAWS = 100;

export async function freePort(): Promise<number> {
  for (let draw = 0; draw < MOST_DRAWS; draw += 1) {
    const port = DRAWN_FROM.first + randomInt(DRAWN_FROM.count);
    if (await portIsFree(port)) return port;
  }
  throw new EngineFailure(`no free port on ${HOST}: close some programs and try again`);
}

function listenOnce(port: number): Promise<number | undefined> {
  return new Promise((done) => {
    const server = createServer();
    server.once('error', () => done(undefined));
    server.listen({ port, host: HOST, exclusive: true }, () => {
      const address = server.address();
      server.close(() => done(address && typeof address === 'object' ? address.port : undefined));
    });
  });
}
