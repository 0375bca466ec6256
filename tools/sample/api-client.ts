import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

interface Credentials {
  tenantId: string;
  email: string;
  password: string;
}

export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly problem: { code?: string; detail?: string; field?: string },
    what: string,
  ) {
    super(`${what}: ${status} ${problem.code ?? ''} ${problem.detail ?? ''}`.trim());
  }
}

const renewBeforeMs = 60_000;
/** Most moves of a clock are short; a long one is asked about less often. */
const clockPollMs = { first: 10, growth: 1.3, longest: 250 };

/** What a person with curl would do, with a fresh token at hand; POSTs carry an idempotency key made of their content. */
export class ApiClient {
  private accessToken: string | null = null;
  private expiresAtMs = 0;

  constructor(
    readonly apiUrl: string,
    private readonly credentials: Credentials | null,
    private readonly bearer: string | null = null,
  ) {}

  get<Answer>(path: string): Promise<Answer> {
    return this.call<Answer>('GET', path);
  }

  post<Answer>(path: string, body: object = {}): Promise<Answer> {
    return this.call<Answer>('POST', path, JSON.stringify(body), 'application/json');
  }

  put<Answer>(path: string, body: object): Promise<Answer> {
    return this.call<Answer>('PUT', path, JSON.stringify(body), 'application/json');
  }

  patch<Answer>(path: string, body: object): Promise<Answer> {
    return this.call<Answer>('PATCH', path, JSON.stringify(body), 'application/json');
  }

  postCsv<Answer>(path: string, csv: string): Promise<Answer> {
    return this.call<Answer>('POST', path, csv, 'text/csv');
  }

  putCsv<Answer>(path: string, csv: string): Promise<Answer> {
    return this.call<Answer>('PUT', path, csv, 'text/csv');
  }

  postText<Answer>(path: string, text: string, contentType: string): Promise<Answer> {
    return this.call<Answer>('POST', path, text, contentType);
  }

  async download(path: string): Promise<Buffer> {
    const response = await fetch(this.apiUrl + path, {
      headers: { authorization: `Bearer ${await this.token()}` },
    });
    if (!response.ok) throw new ApiError(response.status, {}, `GET ${path}`);
    return Buffer.from(await response.arrayBuffer());
  }

  /** Every page of a list. */
  async all<Item>(path: string, idOf: (item: Item) => string): Promise<Item[]> {
    const items: Item[] = [];
    for (;;) {
      const last = items.at(-1);
      const query = `${path.includes('?') ? '&' : '?'}limit=100${last ? `&startingAfter=${encodeURIComponent(idOf(last))}` : ''}`;
      const page = await this.get<{ data: Item[]; hasMore: boolean }>(path + query);
      items.push(...page.data);
      if (!page.hasMore) return items;
    }
  }

  /** Moves the sandbox's clock and waits until it is there; says where it is now and then. */
  async advance(to: string, say: (now: string) => void = () => undefined): Promise<void> {
    const { operationId } = await this.post<{ operationId: string }>('/v1/test-clock/advance', { to });
    let shown = '';
    for (
      let pollMs = clockPollMs.first;
      ;
      pollMs = Math.min(pollMs * clockPollMs.growth, clockPollMs.longest)
    ) {
      const state = await this.get<{ status: string; now: string; blockedBy?: object[] }>(
        `/v1/test-clock/operations/${operationId}`,
      );
      if (state.status === 'done') return;
      if (state.status === 'blocked') say(`waiting: ${JSON.stringify(state.blockedBy)}`);
      if (state.now.slice(0, 10) !== shown) say((shown = state.now.slice(0, 10)));
      await pause(pollMs);
    }
  }

  /** One second of the sandbox: it passes only when every service has heard of what was just done. */
  async settle(): Promise<void> {
    const { now } = await this.get<{ now: string }>('/v1/test-clock');
    await this.advance(new Date(Date.parse(now) + 1_000).toISOString());
  }

  private async call<Answer>(
    method: string,
    path: string,
    body?: string,
    contentType?: string,
  ): Promise<Answer> {
    const token = this.bearer ?? (this.credentials ? await this.token() : null);
    const response = await fetch(this.apiUrl + path, {
      method,
      body,
      headers: {
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(contentType ? { 'content-type': contentType } : {}),
        ...(method === 'POST' && body
          ? { 'idempotency-key': createHash('sha256').update(`${path}\n${body}`).digest('hex') }
          : {}),
      },
    });
    const text = await response.text();
    const answer = text === '' ? null : (JSON.parse(text) as unknown);
    if (!response.ok) throw new ApiError(response.status, answer ?? {}, `${method} ${path}`);
    return answer as Answer;
  }

  private async token(): Promise<string> {
    if (this.accessToken && Date.now() < this.expiresAtMs) return this.accessToken;
    const login = new ApiClient(this.apiUrl, null);
    const answer = await login.post<{ accessToken: string; expiresInSeconds: number }>(
      '/v1/identity/login',
      this.credentials ?? {},
    );
    this.accessToken = answer.accessToken;
    this.expiresAtMs = Date.now() + answer.expiresInSeconds * 1000 - renewBeforeMs;
    return answer.accessToken;
  }
}
