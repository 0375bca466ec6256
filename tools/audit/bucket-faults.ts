import type { Allowance } from '@tollkeeper/contracts';
import { carriedOver, type PeriodRest } from '@tollkeeper/tariff';

export type AllowanceTerms = Pick<Allowance, 'units' | 'sizedBy' | 'rollover'>;

export interface PeriodRow {
  _id: string;
  groupId: string;
  accountId: string;
  periodKey: string;
  fromAt: string;
  toAt: string;
  buckets: { bucket: string; used: number; size?: number }[];
  closedBy: string | null;
  before?: PeriodRest | null;
  rest?: PeriodRest | null;
}

interface BucketFault {
  id: string;
  what: string;
  /** Of an open period it may be on its way: closing puts it right. */
  isSettled: boolean;
}

interface BucketKnowledge {
  /** Terms of an allowance in every version that was published. */
  terms: ReadonlyMap<string, readonly AllowanceTerms[]>;
  /** Subscriptions of the account: no pool of it is larger. */
  members: number;
}

/** `sub_1/minutes#2+2026-02-01` is of the allowance `minutes`. */
export const allowanceOf = (bucket: string): string =>
  (bucket.split('/').at(-1) ?? '').split(/[#+]/)[0] ?? '';

const isBucket = ({ bucket }: { bucket: string }): boolean => !/[@!]/.test(bucket);

export function bucketFaults(
  row: PeriodRow,
  previous: PeriodRow | null,
  known: BucketKnowledge,
): BucketFault[] {
  const isSettled = row.closedBy !== null;
  const fault = (bucket: string, what: string): BucketFault => ({
    id: `${row._id} ${bucket}`,
    what,
    isSettled,
  });
  const carried = new Map((row.before?.carried ?? []).map((each) => [each.bucket, each]));
  return [
    ...row.buckets.filter(isBucket).flatMap(({ bucket, used, size }) => {
      const most = carried.get(bucket)?.units ?? size ?? largest(bucket, known);
      return used > most ? [fault(bucket, `gave ${used} units, it has ${most}`)] : [];
    }),
    ...row.buckets.filter(isBucket).flatMap(({ bucket, size = 0 }) => {
      const most = largest(bucket, known);
      return !carried.has(bucket) && size > most
        ? [fault(bucket, `was ${size} units large; the plan and its members make ${most}`)]
        : [];
    }),
    ...shareFaults(row).map(([bucket, what]) => fault(bucket, what)),
    ...[...carried.values()].flatMap(({ bucket, units, periodsLeft }) => {
      const what = carryFault(previous, { bucket, units, periodsLeft }, known);
      return what === null ? [] : [fault(bucket, what)];
    }),
    ...(previous?.closedBy && !sameCarried(previous.rest, row.before)
      ? [fault('', 'does not begin with what the closed period before it left')]
      : []),
  ];
}

const largest = (bucket: string, { terms, members }: BucketKnowledge): number =>
  Math.max(
    0,
    ...(terms.get(allowanceOf(bucket)) ?? []).map(
      ({ units, sizedBy }) => units * (sizedBy === 'members' ? members : 1),
    ),
  );

/** What members took of a pool's bucket is what it gave. */
function shareFaults({ buckets }: PeriodRow): [string, string][] {
  const shares = new Map<string, number>();
  for (const { bucket, used } of buckets) {
    // What it took in the zones of a limit is part of its share.
    if (bucket.includes('!')) continue;
    const [pooled, member] = bucket.split('@');
    if (pooled !== undefined && member !== undefined) shares.set(pooled, (shares.get(pooled) ?? 0) + used);
  }
  return [...shares].flatMap(([bucket, sum]): [string, string][] => {
    const used = buckets.find((each) => each.bucket === bucket)?.used ?? 0;
    return used === sum ? [] : [[bucket, `gave ${used} units, its members took ${sum}`]];
  });
}

/** The rule applied to the source period; units that wait another period are the rest of those that came in. */
function carryFault(
  previous: PeriodRow | null,
  { bucket, units, periodsLeft }: { bucket: string; units: number; periodsLeft: number },
  known: BucketKnowledge,
): string | null {
  if (!previous) return 'was carried over, and there is no period before';
  const moved = (previous.before?.carried ?? []).find((each) => each.bucket === bucket);
  if (moved) {
    const left = moved.units - (previous.buckets.find((each) => each.bucket === bucket)?.used ?? 0);
    return left === units && moved.periodsLeft === periodsLeft + 1
      ? null
      : `came in with ${units} units for ${periodsLeft} periods; ${left} were left for ${moved.periodsLeft - 1}`;
  }
  const source = bucket.slice(0, bucket.lastIndexOf('+'));
  if (bucket !== `${source}+${previous.periodKey}`)
    return 'was carried over from a period that did not leave it';
  const own = previous.buckets.find((each) => each.bucket === source);
  const rules = (known.terms.get(allowanceOf(source)) ?? []).flatMap(({ rollover }) => rollover ?? []);
  if (own?.size === undefined)
    return units <= largest(source, known) ? null : `carries ${units} units over, more than there were`;
  const size = own.size;
  const expected = rules.map((rule) => carriedOver(Math.max(0, size - own.used), size, rule));
  return expected.includes(units)
    ? null
    : `carries ${units} units over; the rule gives ${expected.join(' or ')}`;
}

const sameCarried = (left?: PeriodRest | null, right?: PeriodRest | null): boolean =>
  told(left) === told(right);

const told = (rest?: PeriodRest | null): string =>
  (rest?.carried ?? [])
    .map(({ bucket, units, periodsLeft }) => `${bucket} ${units} ${periodsLeft}`)
    .sort()
    .join(', ');
