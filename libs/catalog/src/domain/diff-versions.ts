import { canonicalJson } from '@tollkeeper/contracts';

/** One difference, at its place; `undefined` stands for what is not there. */
export interface Difference {
  /** `recurringCharges.monthly.amountMinor`: members of lists go by their own id where they have one. */
  field: string;
  change: 'added' | 'removed' | 'changed';
  before: unknown;
  after: unknown;
  /** `Monthly fee: amountMinor 1000 -> 1200`, for a person who reviews it. */
  text: string;
}

/** What makes a member of a list the same member in another version. */
const idsOfMembers = [
  ...['chargeId', 'allowanceId', 'priceId', 'discountId', 'minimumId', 'componentId'],
  ...['code', 'network', 'mcc', 'band'],
];

/** Field by field, in the order of `after` and then of what it lacks. */
export const diffVersions = (before: object, after: object): Difference[] =>
  differences([], [], before, after);

function differences(
  path: readonly string[],
  names: readonly string[],
  before: unknown,
  after: unknown,
): Difference[] {
  if (same(before, after)) return [];
  const left = membersOf(before);
  const right = membersOf(after);
  if (!left || !right) return [differenceOf(path, names, before, after)];
  const keys = [...right.keys(), ...[...left.keys()].filter((key) => !right.has(key))];
  return keys.flatMap((key) => {
    const name = nameOf(right.get(key) ?? left.get(key)) ?? key;
    return differences([...path, key], [...names, name], left.get(key), right.get(key));
  });
}

function differenceOf(
  path: readonly string[],
  names: readonly string[],
  before: unknown,
  after: unknown,
): Difference {
  const change = before === undefined ? 'added' : after === undefined ? 'removed' : 'changed';
  const said =
    change === 'changed' ? `${shown(before)} -> ${shown(after)}` : `${change}: ${shown(after ?? before)}`;
  const where = names.slice(0, -1).join(', ');
  const text = `${where ? `${where}: ` : ''}${names.at(-1) ?? ''} ${said}`;
  return { field: path.join('.'), change, before, after, text };
}

/** Parts that are compared one by one; null for what is compared as a whole. */
function membersOf(value: unknown): Map<string, unknown> | null {
  if (Array.isArray(value)) return listMembers(value as unknown[]);
  return isPlainObject(value) ? new Map(Object.entries(value)) : null;
}

function listMembers(list: readonly unknown[]): Map<string, unknown> | null {
  if (!list.every(isPlainObject)) return null;
  const keyed = idsOfMembers.find((id) => list.length > 0 && list.every((member) => wordOf(member, id)));
  const byId = new Map(list.map((member, at) => [keyed ? `${wordOf(member, keyed)}` : `${at}`, member]));
  return byId.size === list.length ? byId : new Map(list.map((member, at) => [`${at}`, member]));
}

const isPlainObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const wordOf = (member: unknown, id: string): string | undefined => {
  const found = isPlainObject(member) ? member[id] : undefined;
  return typeof found === 'string' ? found : undefined;
};

const nameOf = (member: unknown): string | undefined => wordOf(member, 'name');

const same = (before: unknown, after: unknown): boolean =>
  before === after ||
  (before !== undefined &&
    after !== undefined &&
    canonicalJson({ of: before }) === canonicalJson({ of: after }));

function shown(value: unknown): string {
  const json = JSON.stringify(value);
  return nameOf(value) === undefined ? json : `"${nameOf(value)}" ${json}`;
}
