import type { Operator } from './operator';

interface ImportState {
  importId: string;
  state: string;
  counts: { lines: number; created: number; changed: number; unchanged: number; rejected: number };
}

interface Hit {
  accountId: string;
  externalId: string;
  matched: { what: string; value: string; to?: string | null }[];
}

export type Line = Record<string, string | number>;

/** A CSV file of these lines; what a line leaves out is blank. A text is a line as it stands. */
export function csvOf(lines: readonly (Line | string)[]): string {
  const columns = [...new Set(lines.flatMap((line) => (typeof line === 'string' ? [] : Object.keys(line))))];
  const text = lines.map((line) =>
    typeof line === 'string' ? line : columns.map((column) => line[column] ?? '').join(','),
  );
  return `${[columns.join(','), ...text].join('\n')}\n`;
}

const digits = (value: number, length: number): string => String(value).padStart(length, '0');

/** A subscriber with a SIM of its own; the account's columns are blank for a later line of an account. */
export const subscriberLine = (no: number, more: Line, describesAccount = true): Line => ({
  accountExternalId: `base-${digits(no, 4)}`,
  customerName: describesAccount ? `Moved Subscriber ${no}` : '',
  email: describesAccount ? `moved.${no}@subscribers.example` : '',
  language: describesAccount ? 'en' : '',
  addressLine1: describesAccount ? `${no} Elm Street` : '',
  city: describesAccount ? 'Albany' : '',
  region: describesAccount ? 'NY' : '',
  postalCode: describesAccount ? '12207' : '',
  country: describesAccount ? 'US' : '',
  termsDays: describesAccount ? 14 : '',
  subscriptionExternalId: `line-${digits(no, 4)}`,
  activeFrom: '2026-01-01T05:00:00.000Z',
  msisdn: `+1 518 557 ${digits(no, 4)}`,
  imsi: `310990${digits(no, 9)}`,
  iccid: `8901990${digits(no, 12)}`,
  ...more,
});

/** What billing staff and care do with files of subscribers, and with the search field. */
export class BulkDesk {
  constructor(private readonly operator: Operator) {}

  /** Sends a file; what became of it once every service has heard of it. */
  async send(
    kind: 'newSubscribers' | 'changes',
    csv: string,
  ): Promise<ImportState & { duplicateOf?: string }> {
    const { api } = this.operator;
    const sent = await api.postCsv<{ importId: string; duplicateOf?: string }>(
      `/v1/customers/subscriber-imports?kind=${kind}&fileName=${kind}.csv`,
      csv,
    );
    await this.operator.settle();
    return {
      ...(await api.get<ImportState>(`/v1/customers/subscriber-imports/${sent.importId}`)),
      ...sent,
    };
  }

  /** Lines of `errors.csv` behind its header. */
  async errors(importId: string): Promise<string[]> {
    const file = await this.operator.api.download(`/v1/customers/subscriber-imports/${importId}/errors.csv`);
    const [header, ...lines] = file.toString('utf8').trimEnd().split('\n');
    if (header !== 'line,field,reason') throw new Error(`errors.csv begins with ${header}`);
    return lines;
  }

  async search(q: string): Promise<Hit[]> {
    const path = `/v1/customers/search?q=${encodeURIComponent(q)}`;
    return (await this.operator.api.get<{ data: Hit[] }>(path)).data;
  }

  /** `externalId: what` of the accounts found. */
  async found(q: string): Promise<string[]> {
    const hits = await this.search(q);
    return hits.map(({ externalId, matched }) => `${externalId}: ${matched.map(({ what }) => what).join()}`);
  }

  async accountId(externalId: string): Promise<string> {
    const hit = (await this.search(externalId)).find((each) => each.externalId === externalId);
    if (!hit) throw new Error(`there is no account ${externalId}`);
    return hit.accountId;
  }
}
