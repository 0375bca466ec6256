import type { Invariant } from '../invariant';
import { collect, inChunks } from '../tenant-rows';

const PERIODS_AT_ONCE = 500;

/** Late usage that was used in one period and came in another one, with what became of it. */
export interface LateGroup {
  _id: string;
  amountMicro: number;
  records: number;
  billing?: { invoiceId: string | null; reported?: boolean };
}

/** A line of a live bill that has late usage. */
export interface LateLine {
  invoiceId: string;
  periodIds: string[];
  late: boolean;
}

export const lateUsage: Invariant = {
  name: 'late usage',
  statement: 'every late charge is on exactly one live bill, or on the report and on none, or still waits',
  async check({ rows, tenantId }, findings) {
    const groups = rows.aggregate<LateGroup>('rating', 'usage', [
      { $match: { status: 'rated', 'late.chargingPeriodId': { $exists: true } } },
      {
        $group: { _id: '$billingPeriodId', amountMicro: { $sum: '$amountMicro' }, records: { $sum: 1 } },
      },
      { $set: { billingRow: { $concat: [tenantId, '/', '$_id'] } } },
      { $lookup: { from: 'billingPeriods', localField: 'billingRow', foreignField: '_id', as: 'billing' } },
      { $set: { billing: { $first: '$billing' } } },
    ]);
    for await (const chunk of inChunks(groups, PERIODS_AT_ONCE)) {
      const lines = await collect(
        rows.aggregate<LateLine>('invoicing', 'invoices', [
          { $match: { live: true, 'lines.periodIds': { $in: chunk.map(({ _id }) => _id) } } },
          { $match: { replacedBy: { $exists: false } } },
          { $unwind: '$lines' },
          { $match: { 'lines.periodIds': { $in: chunk.map(({ _id }) => _id) } } },
          {
            $project: {
              _id: 0,
              invoiceId: '$_id',
              periodIds: '$lines.periodIds',
              late: { $eq: ['$lines.late', true] },
            },
          },
        ]),
      );
      for (const group of chunk) {
        findings.look(group.records);
        const place = placeOfLate(
          group,
          lines.filter(({ periodIds }) => periodIds.includes(group._id)),
        );
        if ('fault' in place) findings.breach(group._id, `${place.fault} (${group.amountMicro} micro)`);
        else findings.count(place.state, group.records);
      }
    }
  },
};

type LatePlace = { state: string } | { fault: string };

export function placeOfLate({ _id, billing }: LateGroup, lines: readonly LateLine[]): LatePlace {
  const bills = [...new Set(lines.map(({ invoiceId }) => invoiceId))];
  if (bills.length > 1) return { fault: `is on ${bills.join(' and ')}` };
  if (billing?.reported)
    return bills.length === 0 ? { state: 'reported' } : { fault: `is on the report and on ${bills[0]}` };
  if (billing?.invoiceId) {
    if (bills[0] !== billing.invoiceId)
      return { fault: `names ${billing.invoiceId}, of which no line bills ${_id}` };
    const inTime = lines.find(({ late }) => !late);
    return inTime ? { fault: `is on ${bills[0]} as if it had come in time` } : { state: 'billed' };
  }
  return { state: bills.length === 1 ? 'on a draft' : 'waiting' };
}
