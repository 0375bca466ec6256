import type { Ground, Invariant } from '../invariant';
import type { Findings } from '../findings';

interface SimRow {
  _id: string;
  iccid: string;
  desired: string;
  confirmed: string | null;
  orderKey: string;
  orders: { state: string }[];
  cases: number;
}

export const network: Invariant = {
  name: 'network',
  statement:
    'a SIM that the network has not confirmed as we want it has an open order or a case; no order that cuts calls off leaves without emergency numbers',
  async check(ground, findings) {
    await checkSims(ground, findings);
    await checkOpenLines(ground, findings);
  },
};

async function checkSims({ rows }: Ground, findings: Findings): Promise<void> {
  const ofTenant = (match: object, own: unknown) => ({
    let: { own },
    pipeline: [{ $match: { tenantId: rows.tenantId, ...match } }],
  });
  const sims = rows.aggregate<SimRow>('customers', 'networkStates', [
    {
      $lookup: {
        from: 'networkOrders',
        ...ofTenant({ $expr: { $eq: ['$_id', '$$own'] } }, { $concat: [rows.tenantId, '/', '$orderKey'] }),
        as: 'orders',
      },
    },
    {
      $lookup: {
        from: 'networkCases',
        ...ofTenant({ state: 'open', $expr: { $eq: ['$iccid', '$$own'] } }, '$iccid'),
        as: 'openCases',
      },
    },
    {
      $project: {
        ...{ iccid: 1, desired: 1, confirmed: 1, confirmedKey: 1, orderKey: 1 },
        'orders.state': 1,
        cases: { $size: '$openCases' },
        settled: { $eq: ['$confirmedKey', '$orderKey'] },
      },
    },
  ]);
  for await (const sim of sims as AsyncIterable<SimRow & { settled: boolean }>) {
    const { iccid, desired, confirmed, orderKey, orders, cases, settled } = sim;
    const [order] = orders;
    const underWay = order?.state === 'toSend' || order?.state === 'accepted';
    findings.look();
    findings.count(settled ? 'confirmed SIMs' : underWay ? 'open orders' : 'SIMs with a case');
    findings.breachIf(!order, iccid, `its latest order ${orderKey} is not there`);
    findings.breachIf(
      settled && confirmed !== desired,
      iccid,
      `confirmed as ${confirmed}, wanted ${desired}`,
    );
    findings.breachIf(
      !settled && !underWay && cases === 0,
      iccid,
      `wanted ${desired}, confirmed ${confirmed}, and neither an open order nor a case says why`,
    );
  }
}

async function checkOpenLines({ rows }: Ground, findings: Findings): Promise<void> {
  const barring = rows.find<{ _id: string; desired: string; keepOpen: string[] }>(
    'customers',
    'networkOrders',
    { desired: { $in: ['barOutgoing', 'barAll', 'suspended'] }, state: { $ne: 'refused' } },
    ['desired', 'keepOpen'],
  );
  for await (const { _id, desired, keepOpen } of barring) {
    findings.look();
    findings.count('orders that cut calls off');
    findings.breachIf(
      !keepOpen.includes('112'),
      _id,
      `${desired} leaves only ${keepOpen.join(' ') || 'nothing'} open`,
    );
  }
}
