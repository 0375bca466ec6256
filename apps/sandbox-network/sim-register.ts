import { Problem } from '@tollkeeper/sandbox-edge';
import type { Books, SimRow } from './books';
import type { SimBody } from './requests';

/** What the network has; its admin may change it behind everybody's back. */
export class SimRegister {
  constructor(private readonly books: Books) {}

  async find(tenantId: string, iccid: string) {
    const row = await this.books.sims.findOne({ tenantId, iccid });
    if (!row) throw new Problem(404, 'sim_not_found', `no SIM ${iccid}`);
    return simView(row);
  }

  async list(tenantId: string, limit: number, startingAfter = '') {
    const filter = { tenantId, iccid: { $gt: startingAfter } };
    const rows = await this.books.sims
      .find(filter)
      .sort({ iccid: 1 })
      .limit(limit + 1)
      .toArray();
    return { sims: rows.slice(0, limit).map(simView), hasMore: rows.length > limit };
  }

  async invent(tenantId: string, iccid: string, at: Date, sim: SimBody) {
    const { state, imsi = null, msisdn = null, keepOpen, services } = sim;
    const profile = { state, imsi, msisdn, keepOpen, services, acknowledgedAt: at };
    await this.books.sims.updateOne(
      { tenantId, iccid },
      { $set: profile, $setOnInsert: { sequence: 0 } },
      { upsert: true },
    );
    return this.find(tenantId, iccid);
  }

  async lose(tenantId: string, iccid: string): Promise<void> {
    await this.books.sims.deleteOne({ tenantId, iccid });
  }
}

function simView({ tenantId, iccid, state, imsi, msisdn, keepOpen, services, acknowledgedAt }: SimRow) {
  const since = acknowledgedAt.toISOString();
  return { tenantId, iccid, state, imsi, msisdn, keepOpen, services, acknowledgedAt: since };
}
