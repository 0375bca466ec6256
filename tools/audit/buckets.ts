import type { Findings } from './findings';
import type { Ground } from './invariant';
import { collect } from './tenant-rows';

interface BucketSum {
  _id: { period: string; bucket: string };
  /** As the period's row says, and as its records took. */
  used: number;
  taken: number;
  plans: string[];
}

/** An allowance's stand is the sum of what records took of it, and never more than the plan gives. */
export async function checkBuckets({ rows }: Ground, findings: Findings): Promise<void> {
  const sizes = await allowanceSizes(rows);
  const sums = rows.aggregate<BucketSum>('rating', 'chargingPeriods', [
    { $unwind: '$buckets' },
    {
      $project: { period: '$_id', bucket: '$buckets.bucket', used: '$buckets.used', taken: { $literal: 0 } },
    },
    rows.union('usage', [
      { $match: { status: 'rated', 'explanation.used.0': { $exists: true } } },
      { $unwind: '$explanation.used' },
      {
        $project: {
          period: '$chargingPeriodId',
          bucket: '$explanation.used.bucket',
          used: { $literal: 0 },
          taken: '$explanation.used.units',
          plan: { $concat: ['$offeringId', '/', { $toString: '$offeringVersion' }] },
        },
      },
    ]),
    {
      $group: {
        _id: { period: '$period', bucket: '$bucket' },
        used: { $sum: '$used' },
        taken: { $sum: '$taken' },
        plans: { $addToSet: '$plan' },
      },
    },
  ]);
  for await (const { _id, used, taken, plans } of sums) {
    findings.count('buckets');
    const id = `${_id.period} ${_id.bucket}`;
    findings.breachIf(used !== taken, id, `stands at ${used} units used; its records took ${taken}`);
    const allowanceId = _id.bucket.split('/').at(-1) ?? '';
    const size = Math.max(0, ...plans.map((plan) => sizes.get(`${plan}/${allowanceId}`) ?? 0));
    findings.breachIf(taken > size, id, `gave ${taken} units, the plan has ${size}`);
  }
}

async function allowanceSizes(rows: Ground['rows']): Promise<Map<string, number>> {
  type Row = {
    offering: { offeringId: string; version: number; allowances: { allowanceId: string; units: number }[] };
  };
  const found = await collect(rows.find<Row>('rating', 'offerings', {}, ['offering']));
  return new Map(
    found.flatMap(({ offering: { offeringId, version, allowances } }) =>
      allowances.map(({ allowanceId, units }) => [`${offeringId}/${version}/${allowanceId}`, units] as const),
    ),
  );
}
