import { BadInput } from './exit-codes';

export interface ApiOptions {
  api: string;
  token: string;
}

interface Problem {
  title?: string;
  detail?: string;
  hint?: string;
  errors?: { field: string; reason: string }[];
}

/** The catalog's REST doors; what they refuse is told line by line, as for a file. */
export class CatalogApi {
  constructor(
    private readonly options: ApiOptions,
    /** What faults are faults of: the file that was sent. */
    private readonly about: string,
  ) {}

  async get(path: string): Promise<string> {
    return this.call(path, { method: 'GET' });
  }

  async post(path: string, contentType: string, body: string): Promise<string> {
    return this.call(path, { method: 'POST', body, headers: { 'content-type': contentType } });
  }

  private async call(
    path: string,
    request: { method: string; body?: string; headers?: Record<string, string> },
  ) {
    const { api, token } = this.options;
    const headers = { ...request.headers, authorization: `Bearer ${token}` };
    let response: Response;
    try {
      response = await fetch(`${api.replace(/\/$/, '')}/v1/catalog${path}`, { ...request, headers });
    } catch (error) {
      const cause = (error as { cause?: Error }).cause?.message ?? (error as Error).message;
      throw new BadInput([`${api}: cannot be reached: ${cause}`]);
    }
    const text = await response.text();
    if (response.ok) return text;
    throw new BadInput(this.linesOf(response.status, text));
  }

  private linesOf(status: number, text: string): string[] {
    const { title, detail, hint, errors = [] } = problemIn(text);
    if (errors.length > 0) return errors.map(({ field, reason }) => `${this.about}: ${field}: ${reason}`);
    return [`${this.about}: ${[`${status} ${title ?? ''}`.trim(), detail, hint].filter(Boolean).join('. ')}`];
  }
}

function problemIn(text: string): Problem {
  try {
    return JSON.parse(text) as Problem;
  } catch {
    return {};
  }
}
