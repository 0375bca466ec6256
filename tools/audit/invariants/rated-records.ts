import type { Ground, Invariant } from '../invariant';
import type { Findings } from '../findings';
import { checkBillLines } from '../bill-lines';
import { checkBuckets } from '../buckets';
import { byId, collect, inChunks } from '../tenant-rows';
import { type PlacedGroup, placeOf, type RunState } from '../record-place';

const GROUPS_AT_ONCE = 1_000;

export const ratedRecords: Invariant = {
  name: 'rated records',
  statement:
    'each is on one live bill line or in a named unbilled state; lines are their exact sums; allowances too',
  async check(ground, findings) {
    await checkPlaces(ground, findings);
    await checkBillLines(ground, findings);
    await checkBuckets(ground, findings);
  },
};

/** Records are looked at by the pair of periods that they lie in: charging (allowances) and billing (invoice). */
async function checkPlaces({ rows, tenantId }: Ground, findings: Findings): Promise<void> {
  const runs = byId(
    await collect(rows.find<{ _id: string; state: string }>('invoicing', 'billRuns', {}, ['state'])),
  );
  const groups = rows.aggregate<PlacedGroup>('rating', 'usage', [
    { $match: { status: 'rated' } },
    {
      $group: {
        _id: {
          billingPeriodId: '$billingPeriodId',
          chargingPeriodId: '$chargingPeriodId',
          unbilled: '$unbilled',
          accountId: '$accountId',
        },
        records: { $sum: 1 },
        amountMicro: { $sum: '$amountMicro' },
        sample: { $first: '$_id' },
      },
    },
    { $set: { billingRow: { $concat: [tenantId, '/', '$_id.billingPeriodId'] } } },
    {
      $lookup: {
        from: 'chargingPeriods',
        localField: '_id.chargingPeriodId',
        foreignField: '_id',
        as: 'charging',
      },
    },
    { $lookup: { from: 'billingPeriods', localField: 'billingRow', foreignField: '_id', as: 'billing' } },
    { $set: { charging: { $first: '$charging' }, billing: { $first: '$billing' } } },
    { $project: { 'charging.buckets': 0, 'charging.sums': 0 } },
  ]);
  for await (const chunk of inChunks(groups, GROUPS_AT_ONCE)) {
    const states = await runAccountStates(rows, chunk);
    const invoices = await invoicesNamed(rows, chunk);
    for (const group of chunk) {
      findings.look(group.records);
      const { billing } = group;
      const run: RunState | undefined = billing && {
        run: runs.get(billing.runId)?.state ?? null,
        account: states.get(`${billing.runId}/${billing.accountId}`) ?? null,
      };
      const place = placeOf(
        group,
        run,
        billing?.invoiceId ? (invoices.get(billing.invoiceId) ?? null) : null,
      );
      if (place.kind === 'named') findings.count(place.state, group.records);
      else if (place.kind === 'pending')
        findings.wait(group.sample, `${place.why} (${group.records} records)`);
      else findings.breach(group.sample, `${place.why} (${group.records} records)`);
    }
  }
}

async function runAccountStates(rows: Ground['rows'], groups: PlacedGroup[]): Promise<Map<string, string>> {
  const unnamed = groups.flatMap(({ billing }) =>
    billing && billing.invoiceId === null ? [billing.accountId] : [],
  );
  if (unnamed.length === 0) return new Map();
  const found = await collect(
    rows.find<{ runId: string; accountId: string; state: string }>('invoicing', 'billRunAccounts', {
      accountId: { $in: unnamed },
    }),
  );
  return new Map(found.map(({ runId, accountId, state }) => [`${runId}/${accountId}`, state]));
}

async function invoicesNamed(rows: Ground['rows'], groups: PlacedGroup[]) {
  const ids = [...new Set(groups.flatMap(({ billing }) => billing?.invoiceId ?? []))];
  const found = await collect(
    rows.aggregate<{ _id: string; accountId: string; state: string; live: boolean; periodIds: string[] }>(
      'invoicing',
      'invoices',
      [
        { $match: { _id: { $in: ids } } },
        { $project: { accountId: 1, state: 1, live: 1, periodIds: { $reduce: allPeriodIds } } },
      ],
    ),
  );
  return byId(found);
}

const allPeriodIds = {
  input: '$lines.periodIds',
  initialValue: [],
  in: { $setUnion: ['$$value', '$$this'] },
};
