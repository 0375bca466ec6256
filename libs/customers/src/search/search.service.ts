import { Injectable } from '@nestjs/common';
import { type Page, pageOf } from '@tollkeeper/platform';
import { TenantService } from '../copies/tenant.service';
import { foldedName } from '../domain/name-words';
import { type FoundAccount, SearchRepository } from './search.repository';
import { searchTerms } from './search-terms';

export const matchKinds = [
  'accountId',
  'externalId',
  'invoiceNumber',
  'msisdn',
  'imsi',
  'iccid',
  'email',
  'subscriptionExternalId',
  'name',
] as const;

export interface Match {
  what: (typeof matchKinds)[number];
  value: string;
  /** Identifiers: since when, and until when. */
  from?: string;
  to?: string | null;
}

interface SearchHit {
  account: FoundAccount;
  matched: Match[];
}

interface Found extends Match {
  accountId: string;
  account?: FoundAccount;
  /** What was typed is the whole of it, and it is so today. */
  isWhole: boolean;
}

/** A number that changed hands has several rows of one value. */
const assignmentsPerHit = 3;

/** One door for whatever a caller can name. */
@Injectable()
export class SearchService {
  constructor(
    private readonly tenants: TenantService,
    private readonly rows: SearchRepository,
  ) {}

  async find(tenantId: string, q: string, limit: number): Promise<Page<SearchHit>> {
    const { country } = await this.tenants.get(tenantId);
    const found = await this.everything(tenantId, q, country, limit + 1);
    const byAccount = new Map<string, Found[]>();
    for (const each of inOrder(found))
      byAccount.set(each.accountId, [...(byAccount.get(each.accountId) ?? []), each]);
    const { data, hasMore } = pageOf([...byAccount], limit);
    const accounts = await this.accountsOf(tenantId, data);
    return {
      data: data.flatMap(([accountId, matches]) => {
        const account = accounts.get(accountId);
        return account ? [{ account, matched: matches.map(matchOf) }] : [];
      }),
      hasMore,
    };
  }

  /** All questions at once. */
  private async everything(tenantId: string, q: string, country: string, limit: number): Promise<Found[]> {
    const { name, digits, email, reference, invoiceNumbers, accountId } = searchTerms(q, country);
    const none: Found[] = [];
    const rows = this.rows;
    const of =
      (what: Match['what'], valueOf: (account: FoundAccount) => string, whole: string) =>
      (accounts: FoundAccount[]): Found[] =>
        accounts.map((account) => {
          const value = valueOf(account);
          return { accountId: account._id, account, what, value, isWhole: value === whole };
        });
    const answers = await Promise.all([
      name === null
        ? none
        : rows
            .accountsByName(tenantId, name, limit)
            .then(of('name', ({ customerName }) => customerName, q))
            .then((hits) => hits.map((hit) => ({ ...hit, isWhole: foldedName(hit.value) === name }))),
      email === null
        ? none
        : rows.accountsByEmail(tenantId, email, limit).then(of('email', (account) => account.email, email)),
      reference === null
        ? none
        : rows
            .accountsByExternalId(tenantId, reference, limit)
            .then(of('externalId', ({ externalId }) => externalId, reference)),
      accountId === null
        ? none
        : rows.accountsById(tenantId, [accountId]).then(of('accountId', ({ _id }) => _id, accountId)),
      reference === null ? none : this.subscriptions(tenantId, reference, limit),
      ...digits.map((each) => this.identifiers(tenantId, each, limit)),
      ...invoiceNumbers.map((each) => this.invoices(tenantId, each, limit)),
    ]);
    return answers.flat();
  }

  private async subscriptions(tenantId: string, reference: string, limit: number): Promise<Found[]> {
    const rows = await this.rows.subscriptionsByExternalId(tenantId, reference, limit);
    return rows.map(({ accountId, externalId }) => ({
      accountId,
      what: 'subscriptionExternalId',
      value: externalId ?? '',
      isWhole: externalId === reference,
    }));
  }

  private async identifiers(tenantId: string, digits: string, limit: number): Promise<Found[]> {
    const rows = await this.rows.assignments(tenantId, digits, limit * assignmentsPerHit);
    return rows.map(({ accountId, kind, value, from, to }) => ({
      accountId,
      what: kind,
      value,
      from,
      to,
      isWhole: value === digits && to === null,
    }));
  }

  private async invoices(tenantId: string, number: string, limit: number): Promise<Found[]> {
    const rows = await this.rows.invoices(tenantId, number, limit);
    return rows.map(({ accountId, number: value }) => ({
      accountId,
      what: 'invoiceNumber',
      value,
      isWhole: value === number,
    }));
  }

  private async accountsOf(tenantId: string, hits: [string, Found[]][]): Promise<Map<string, FoundAccount>> {
    const known = new Map(
      hits.flatMap(([accountId, found]) => {
        const account = found.find((each) => each.account)?.account;
        return account ? [[accountId, account] as const] : [];
      }),
    );
    const missing = hits.map(([accountId]) => accountId).filter((accountId) => !known.has(accountId));
    const loaded = missing.length > 0 ? await this.rows.accountsById(tenantId, missing) : [];
    return new Map([...known, ...loaded.map((account) => [account._id, account] as const)]);
  }
}

/** What was typed as a whole comes first, then in the order of the kinds. */
const inOrder = (found: readonly Found[]): Found[] =>
  [...found].sort(
    (left, right) =>
      Number(right.isWhole) - Number(left.isWhole) ||
      matchKinds.indexOf(left.what) - matchKinds.indexOf(right.what),
  );

const matchOf = ({ what, value, from, to }: Found): Match =>
  from === undefined ? { what, value } : { what, value, from, to };
