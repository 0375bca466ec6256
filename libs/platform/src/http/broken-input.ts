import { Problem } from './problem';

/** No request of ours is nested deeper; recursive readers behind this would run out of stack far later. */
const deepest = 32;

/** NUL ends names in BSON and text in other systems; half a surrogate pair is silently replaced when it is stored. */
const unstorable = /[\0\p{Surrogate}]/u;

interface Found {
  value: unknown;
  place: string;
  depth: number;
}

/** Refuses what no field may hold, before any of it is validated, hashed or looked up. `parts`: body, query, params. */
export function refuseBrokenInput(parts: Record<string, unknown>): void {
  const open: Found[] = Object.entries(parts).map(([place, value]) => ({ value, place, depth: 0 }));
  for (let found = open.pop(); found; found = open.pop()) {
    const { value, place, depth } = found;
    if (typeof value === 'string' && unstorable.test(value)) {
      throw broken(place, 'holds a NUL or half of a surrogate pair');
    }
    if (typeof value !== 'object' || value === null) continue;
    if (depth === deepest) throw broken(place, `is nested deeper than ${deepest} levels`);
    for (const [name, inner] of Object.entries(value)) {
      if (name === '__proto__' || unstorable.test(name))
        throw broken(place, 'has a field with a name that no field has');
      open.push({ value: inner, place: `${place}.${name}`, depth: depth + 1 });
    }
  }
}

const broken = (field: string, reason: string): Problem =>
  new Problem({
    code: 'badInput',
    status: 400,
    title: 'The request cannot be accepted',
    detail: `${field} ${reason}.`,
    field,
  });
