import type { Operator, Subscriber } from './operator';

export interface ScheduleView {
  id: string;
  from: string;
  to: string;
  total: { minor: number };
  recognized: { minor: number };
  deferred: { minor: number };
  reversed: { minor: number };
  days?: { on: string; minor: number }[];
}

interface TrialBalance {
  rows: { account: string; balanceMinor: number }[];
  totals: { balanced: boolean }[];
}

/** What finance asks of an operator's books. */
export class BooksOf {
  constructor(private readonly operator: Operator) {}

  /** Debit positive balances at the end of a day; every currency balances. */
  async trialBalance(on: string): Promise<Record<string, number>> {
    const { rows, totals } = await this.operator.api.get<TrialBalance>(
      `/v1/invoicing/ledger/trial-balance?on=${on}`,
    );
    if (totals.some(({ balanced }) => !balanced)) throw new Error(`the books of ${on} do not balance`);
    return Object.fromEntries(rows.map(({ account, balanceMinor }) => [account, balanceMinor]));
  }

  async schedules({ accountId }: Subscriber): Promise<ScheduleView[]> {
    const listed = await this.operator.api.all<ScheduleView>(
      `/v1/invoicing/revenue-schedules?accountId=${accountId}`,
      ({ id }) => id,
    );
    const shown = await Promise.all(
      listed.map(({ id }) => this.operator.api.get<ScheduleView>(`/v1/invoicing/revenue-schedules/${id}`)),
    );
    return shown.sort((left, right) => (left.from < right.from ? -1 : 1));
  }

  /** `[first day, total, recognised, still deferred]` of each schedule in order. */
  async deferrals(subscriber: Subscriber): Promise<[string, number, number, number][]> {
    return (await this.schedules(subscriber)).map(({ from, total, recognized, deferred }) => [
      from,
      total.minor,
      recognized.minor,
      deferred.minor,
    ]);
  }

  async closedThrough(): Promise<string | null> {
    return (await this.operator.api.get<{ postedThrough: string | null }>('/v1/invoicing/books'))
      .postedThrough;
  }

  async recogniseThrough(throughOn: string): Promise<void> {
    await this.operator.api.post('/v1/invoicing/books/recognise-through', { throughOn, reason: 'month end' });
    await this.operator.settle();
  }

  /** A file of a closed day, with the hash that the journal's list names for it. */
  async journal(on: string, name: string): Promise<{ text: string; sha256: string }> {
    const { files } = await this.operator.api.get<{ files: { name: string; sha256: string }[] }>(
      `/v1/invoicing/journal/${on}`,
    );
    const body = await this.operator.api.download(`/v1/invoicing/journal/${on}/${name}`);
    return {
      text: body.toString('utf8'),
      sha256: files.find((file) => file.name === name)?.sha256 ?? '',
    };
  }

  /** `{ bucket: cents }` of one account, buckets of 0 left out. */
  async ageing({ accountId }: Subscriber, on: string): Promise<Record<string, number>> {
    const { totals } = await this.operator.api.get<{ totals: Record<string, number | string>[] }>(
      `/v1/invoicing/ageing?accountId=${accountId}&on=${on}`,
    );
    const entries = Object.entries(totals[0] ?? {}).filter(
      ([name]) => !['currency', 'openMinor'].includes(name),
    );
    return Object.fromEntries(entries.filter(([, minor]) => minor !== 0)) as Record<string, number>;
  }
}
