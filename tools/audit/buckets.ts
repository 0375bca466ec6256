import type { Findings } from './findings';
import type { Ground } from './invariant';
import { type AllowanceTerms, bucketFaults, type PeriodRow } from './bucket-faults';
import { collect } from './tenant-rows';

/**
 * A bucket's stand is what came in with the period and what its records took; it is never more than the bucket is large.
 * What a period begins with is what the closed one before it left, by the allowance's rollover rule.
 */
export async function checkBuckets({ rows }: Ground, findings: Findings): Promise<void> {
  await checkTaken(rows, findings);
  await checkPeriods(rows, findings);
}

interface BucketSum {
  _id: { period: string; bucket: string };
  /** As the period's row says, and as its records took. */
  used: number;
  taken: number;
}

/** Counters beside the buckets (a member's share, throttled units) are no buckets. */
const isBucket = (field: string) => ({ $match: { [field]: { $not: /[@!]/ } } });

async function checkTaken(rows: Ground['rows'], findings: Findings): Promise<void> {
  const sums = rows.aggregate<BucketSum>('rating', 'chargingPeriods', [
    { $unwind: '$buckets' },
    isBucket('buckets.bucket'),
    {
      $project: { period: '$_id', bucket: '$buckets.bucket', used: '$buckets.used', taken: { $literal: 0 } },
    },
    rows.union('chargingPeriods', [
      { $unwind: '$before.opening' },
      isBucket('before.opening.bucket'),
      {
        $project: {
          period: '$_id',
          bucket: '$before.opening.bucket',
          used: { $multiply: ['$before.opening.units', -1] },
          taken: { $literal: 0 },
        },
      },
    ]),
    rows.union('usage', [
      { $match: { status: 'rated', 'explanation.used.0': { $exists: true } } },
      { $unwind: '$explanation.used' },
      {
        $project: {
          period: '$chargingPeriodId',
          bucket: '$explanation.used.bucket',
          used: { $literal: 0 },
          taken: '$explanation.used.units',
        },
      },
    ]),
    {
      $group: {
        _id: { period: '$period', bucket: '$bucket' },
        used: { $sum: '$used' },
        taken: { $sum: '$taken' },
      },
    },
  ]);
  for await (const { _id, used, taken } of sums) {
    findings.count('buckets');
    const id = `${_id.period} ${_id.bucket}`;
    findings.breachIf(
      used !== taken,
      id,
      `stands at ${used} units used in the period; its records took ${taken}`,
    );
  }
}

async function checkPeriods(rows: Ground['rows'], findings: Findings): Promise<void> {
  const terms = await allowanceTerms(rows);
  const members = await accountSizes(rows);
  const fields = [
    'groupId',
    'accountId',
    'periodKey',
    'fromAt',
    'toAt',
    'buckets',
    'closedBy',
    'before',
    'rest',
  ];
  let previous: PeriodRow | null = null;
  for await (const row of rows.find<PeriodRow>('rating', 'chargingPeriods', {}, fields, {
    groupId: 1,
    fromAt: 1,
  })) {
    findings.count('charging periods');
    const follows = previous?.groupId === row.groupId && previous.toAt === row.fromAt ? previous : null;
    const known = { terms, members: members.get(row.accountId) ?? 1 };
    for (const { id, what, isSettled } of bucketFaults(row, follows, known)) {
      if (isSettled) findings.breach(id, what);
      else findings.wait(id, what);
    }
    previous = row;
  }
}

async function allowanceTerms(rows: Ground['rows']): Promise<Map<string, AllowanceTerms[]>> {
  type Row = { offering: { allowances: (AllowanceTerms & { allowanceId: string })[] } };
  const terms = new Map<string, AllowanceTerms[]>();
  for (const { offering } of await collect(rows.find<Row>('rating', 'offerings', {}, ['offering'])))
    for (const allowance of offering.allowances)
      terms.set(allowance.allowanceId, [...(terms.get(allowance.allowanceId) ?? []), allowance]);
  return terms;
}

async function accountSizes(rows: Ground['rows']): Promise<Map<string, number>> {
  const found = await collect(
    rows.aggregate<{ accountId: string; size: number }>('rating', 'accounts', [
      { $project: { accountId: 1, size: { $size: '$subscriptions' } } },
    ]),
  );
  return new Map(found.map(({ accountId, size }) => [accountId, size]));
}
