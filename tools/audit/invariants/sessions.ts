import type { Invariant } from '../invariant';
import { byId, collect } from '../tenant-rows';

interface SessionRow {
  _id: string;
  session: string;
  state: string;
  posted: number;
  partials: number;
  quantity: number;
}
interface SessionSum {
  _id: string;
  records: number;
  quantity: number;
}

export const sessions: Invariant = {
  name: 'sessions',
  statement: 'each partial record is counted in exactly one session; rated parts add up to their session',
  async check({ rows }, findings) {
    const reported = byId(
      await collect(
        rows.aggregate<SessionSum>('rating', 'usagePartials', [
          { $group: { _id: '$session', records: { $sum: 1 }, quantity: { $sum: '$record.quantity' } } },
        ]),
      ),
    );
    const rated = byId(
      await collect(
        rows.aggregate<SessionSum>('rating', 'usage', [
          { $match: { session: { $type: 'string' } } },
          { $set: { now: { $ifNull: ['$rerated.record.quantity', '$quantity'] } } },
          { $group: { _id: '$session', records: { $sum: 1 }, quantity: { $sum: '$now' } } },
        ]),
      ),
    );
    for await (const row of rows.find<SessionRow>('rating', 'usageSessions')) {
      findings.look(row.partials);
      findings.count(row.state);
      for (const fault of sessionFaults(row, reported.get(row.session), rated.get(row.session)))
        findings.breach(row._id, fault);
      reported.delete(row.session);
      rated.delete(row.session);
    }
    for (const session of reported.keys()) findings.breach(session, 'has partial records and no session');
    for (const session of rated.keys()) findings.breach(session, 'has rated parts and no session');
  },
};

export function sessionFaults(
  { posted, partials, quantity }: Pick<SessionRow, 'posted' | 'partials' | 'quantity'>,
  reported: SessionSum | undefined,
  rated: SessionSum | undefined,
): string[] {
  const faults: string[] = [];
  if (reported?.records !== partials || reported.quantity !== quantity)
    faults.push(
      `counts ${partials} partial records of ${quantity} units, ${reported?.records ?? 0} of ${reported?.quantity ?? 0} are stored`,
    );
  if (posted > 0 && rated?.quantity !== quantity)
    faults.push(`was posted with ${rated?.quantity ?? 0} units of ${quantity}`);
  if (posted === 0 && rated) faults.push('has rated parts and was never posted');
  return faults;
}
