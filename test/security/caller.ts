import { Agent, type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from 'node:http';
import { platform } from 'node:os';

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

export interface Call {
  /** Sent as JSON. */
  json?: unknown;
  /** Sent as it is. */
  raw?: string | Buffer;
  headers?: OutgoingHttpHeaders;
  /** The connection breaks with the first byte of the answer: nothing of it arrives. */
  hangUp?: true;
}

const mostAtOnce = 12;
const patienceMs = 20_000;

/** Sign-ins are limited per address: specs that use theirs up, call from an address of their own. */
export const ownAddress = (last: number): string | undefined =>
  platform() === 'linux' ? `127.0.9.${last}` : undefined;

/** Sends exactly what it is told to, which fetch would not: raw paths, wrong types, other source addresses. */
export class Caller {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: mostAtOnce });
  private readonly target: URL;

  constructor(
    private readonly apiUrl: string,
    private readonly token: string | null = null,
    private readonly address?: string,
  ) {
    this.target = new URL(apiUrl);
  }

  as(token: string | null): Caller {
    return new Caller(this.apiUrl, token, this.address);
  }

  send(method: string, path: string, { json, raw, headers = {}, hangUp }: Call = {}): Promise<Answer> {
    const body = raw ?? (json === undefined ? undefined : JSON.stringify(json));
    const options = {
      agent: this.agent,
      host: this.target.hostname,
      port: this.target.port,
      localAddress: this.address,
      method,
      path,
      timeout: patienceMs,
      headers: {
        ...(this.token === null ? {} : { authorization: `Bearer ${this.token}` }),
        ...(body === undefined
          ? {}
          : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
        ...headers,
      },
    };
    return new Promise((resolve, reject) => {
      const call = request(options, (response) => {
        if (hangUp) {
          response.destroy();
          resolve({ status: 0, headers: {}, text: '' });
          return;
        }
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text: Buffer.concat(chunks).toString('utf8'),
          }),
        );
      });
      call.on('timeout', () =>
        call.destroy(new Error(`${method} ${path.slice(0, 200)}: no answer within ${patienceMs} ms`)),
      );
      call.on('error', reject);
      call.end(body);
    });
  }

  async get<Body>(path: string): Promise<Body> {
    return parsed<Body>('GET', path, await this.send('GET', path));
  }

  async post<Body>(path: string, json: object): Promise<Body> {
    return parsed<Body>('POST', path, await this.send('POST', path, { json }));
  }

  close(): void {
    this.agent.destroy();
  }
}

function parsed<Body>(method: string, path: string, { status, text }: Answer): Body {
  if (status >= 300) throw new Error(`${method} ${path}: ${status} ${text}`);
  return (text === '' ? null : JSON.parse(text)) as Body;
}

/** The `code` of a problem+json answer; undefined for anything else. */
export function problemCode({ headers, text }: Answer): string | undefined {
  if (!headers['content-type']?.startsWith('application/problem+json')) return undefined;
  return (JSON.parse(text) as { code?: string }).code;
}

/** A few calls at once; answers in the order of the items. */
export async function forEach<Item, Result>(
  items: readonly Item[],
  act: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let index = next++; index < items.length; index = next++)
      results[index] = await act(items[index] as Item);
  };
  await Promise.all(Array.from({ length: mostAtOnce }, lane));
  return results;
}
