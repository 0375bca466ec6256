import type { z } from 'zod';

type Issue = z.core.$ZodRawIssue;

const counted: Readonly<Record<string, string>> = { string: 'characters', array: 'items', set: 'items' };
const types: Readonly<Record<string, string>> = {
  string: 'text in quotes',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'fields with values',
};

const bound = (origin: string, least: string, limit: number | bigint): string => {
  const what = counted[origin];
  return what === undefined ? `must be ${least} ${limit}` : `must have ${least} ${limit} ${what}`;
};

/** What a field without words of its own says: people read sentences, not the names of types. */
export function inPlainWords(issue: Issue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'is missing' : `must be ${types[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return `${issue.input === undefined ? 'is missing: ' : 'must be '}one of ${issue.values.join(', ')}`;
    case 'invalid_union':
      return issue.input === undefined ? 'is missing' : unionWords(issue);
    case 'too_small':
      return bound(issue.origin, 'at least', issue.minimum);
    case 'too_big':
      return bound(issue.origin, 'at most', issue.maximum);
    case 'unrecognized_keys':
      return `there is no field "${issue.keys.join('", "')}" here`;
    default:
      return undefined;
  }
}

const unionWords = ({ discriminator }: Extract<Issue, { code: 'invalid_union' }>): string =>
  discriminator === undefined
    ? 'has none of the shapes that it can have'
    : `says by ${discriminator} which shape it has: there is no such ${discriminator}`;
