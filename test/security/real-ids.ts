import { type ApiDocument, filled, type Route } from './api-document';
import type { Caller } from './caller';

export type Row = Record<string, unknown>;
type Values = Record<string, string>;

/** Ids that stand in no list: found once by their own way. */
export type Elsewhere = Record<string, Values[]>;

const mostRows = 100;

/** For each route with ids in its path: the ids of rows that a tenant really has, as its own lists show them. */
export class RealIds {
  private readonly lists = new Map<string, Row[]>();

  private constructor(
    private readonly document: ApiDocument,
    private readonly caller: Caller,
    private readonly elsewhere: Elsewhere,
  ) {}

  static async of(document: ApiDocument, caller: Caller, elsewhere: Elsewhere): Promise<RealIds> {
    const ids = new RealIds(document, caller, elsewhere);
    const plain = document.guarded.filter(
      ({ method, pathParameters }) => method === 'GET' && pathParameters.length === 0,
    );
    for (const route of plain) ids.lists.set(route.path, await ids.rowsOf(route));
    return ids;
  }

  rows(path: string): Row[] {
    return this.lists.get(path) ?? [];
  }

  /** Concrete paths of a route, one for each row that its list shows. */
  paths(route: Route): string[] {
    const [prefix = ''] = route.path.split('/{');
    const [first = ''] = route.pathParameters;
    const listed = this.rows(prefix).map((row) => valuesOf(route, row));
    const known = this.elsewhere[prefix] ?? (this.elsewhere[first] ? this.elsewhere[first] : listed);
    const rest = Object.assign({}, ...Object.values(this.elsewhere).flat()) as Values;
    return known.map((values) => filled(route, (parameter) => values[parameter] ?? rest[parameter] ?? ''));
  }

  /** Everything that looks like an id of ours, wherever it was shown. */
  get all(): Set<string> {
    return new Set(
      JSON.stringify([...this.lists.values(), this.elsewhere]).match(/\b[a-z]{3,4}_[0-9a-z]{16,}\b/g) ?? [],
    );
  }

  private async rowsOf(route: Route): Promise<Row[]> {
    const page = route.query.some(({ name }) => name === 'limit') ? `?limit=${mostRows}` : '';
    const { status, text } = await this.caller.send('GET', `${route.path}${page}`);
    // A table to download is no list of rows.
    if (status !== 200 || !text.startsWith('{')) return [];
    const answer = JSON.parse(text) as Row;
    return Array.isArray(answer['data']) ? (answer['data'] as Row[]) : [answer];
  }
}

/** A row names itself by the parameter's name, or by `id` or `key`, or by the first field that is an id, or by `name`. */
function valuesOf({ pathParameters }: Route, row: Row): Values {
  const [first = ''] = pathParameters;
  const [firstId] = Object.entries(row).find(([name]) => name.endsWith('Id')) ?? [];
  const own = row[first] ?? row['id'] ?? row['key'] ?? row[firstId ?? 'name'];
  const named = pathParameters
    .filter((parameter) => row[parameter] !== undefined)
    .map((parameter) => [parameter, String(row[parameter])]);
  return { [first]: String(own), ...(Object.fromEntries(named) as Values) };
}
