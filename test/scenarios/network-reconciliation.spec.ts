import type { ApiError } from '../../tools/sample/api-client';
import { Network } from './network-language';
import { Operator, type Subscriber } from './operator';

interface Reconciliation {
  runId: string;
  state: string;
  counts: object;
}

const ghost = '8901990999999999999';
const runs = '/v1/customers/network/reconciliations';

describe("the network's own list of SIMs", () => {
  let operator: Operator;
  let network: Network;
  let alike: Subscriber;
  let orphan: Subscriber;
  let barred: Subscriber;

  beforeAll(async () => {
    operator = await Operator.open();
    network = new Network(operator);
    [alike, orphan, barred] = [
      await operator.subscriber('smart-5'),
      await operator.subscriber('smart-5'),
      await operator.subscriber('smart-5'),
    ];
    await network.invents({ iccid: alike.iccid, state: 'active', msisdn: alike.msisdn });
    await network.invents({ iccid: barred.iccid, state: 'barAll', msisdn: barred.msisdn });
    await network.invents({ iccid: ghost, state: 'active', msisdn: '15185559999' });
  });

  const reconcile = async (reason: string): Promise<Reconciliation> => {
    const { runId } = await operator.api.post<Reconciliation>(runs, { reason });
    await operator.settle();
    return operator.api.get<Reconciliation>(`${runs}/${runId}`);
  };

  it('compared: a ghost, an orphan and a differing state are found', async () => {
    expect(await reconcile('a first look')).toMatchObject({
      state: 'done',
      counts: { listed: 3, ours: 3, ghostSims: 1, orphanSims: 1, differing: 1 },
    });
    expect((await network.cases('')).map(({ kind, iccid }) => `${kind} ${iccid}`).sort()).toEqual([
      `ghostSim ${ghost}`,
      `orphanSim ${orphan.iccid}`,
      `stateDiffers ${barred.iccid}`,
    ]);
  });

  it('the differing state was ordered anew, and its case ended with the confirmation', async () => {
    expect(await operator.inNetwork(barred)).toBe('active');
    expect(await network.theCase('kind=stateDiffers')).toMatchObject({
      state: 'resolved',
      resolvedBy: 'network',
    });
  });

  it('a person has the ghost taken out of service and the orphan activated', async () => {
    await network.retry(await network.theCase('kind=ghostSim'));
    await network.retry(await network.theCase('kind=orphanSim'));
    expect(await operator.inNetwork({ ...orphan, iccid: ghost })).toBe('deactivated');
    expect(await network.known(orphan)).toBe('active/active');
    expect(await network.cases()).toEqual([]);
    expect((await reconcile('a second look')).counts).toEqual({
      ...{ listed: 4, ours: 3, ghostSims: 0, orphanSims: 0, differing: 0 },
    });
  });

  it('daily: once a day at the operator’s hour, and a SIM that got lost is found the next night', async () => {
    const settings = { reconcileDailyAt: '03:30', reason: 'every night' };
    await operator.api.patch('/v1/customers/network/settings', settings);
    await operator.until('2026-01-02T20:00:00.000Z');
    await network.loses(alike);
    await operator.until('2026-01-03T20:00:00.000Z');
    const all = await operator.api.all<Reconciliation>(runs, ({ runId }) => runId);
    const daily = all.map(({ runId }) => runId).filter((runId) => runId.startsWith('2026'));
    expect(daily.sort()).toEqual(['2026-01-01', '2026-01-02', '2026-01-03']);
    expect(await network.theCase('state=open')).toMatchObject({ kind: 'orphanSim', iccid: alike.iccid });
    await operator.api.patch('/v1/customers/network/settings', { reconcileDailyAt: null, reason: 'enough' });
  });

  it('an order that the network refuses is a case; ending it by hand takes a word that it is done', async () => {
    await network.behaves({ refuse: { code: 'sim_blocked', detail: 'blocked by the fraud desk' } });
    const found = await network.theCase('state=open');
    await network.retry(found);
    const refused = await network.theCase('kind=refused&state=open');
    expect(refused.detail).toBe('blocked by the fraud desk');
    const resolve = (doneAtNetwork: boolean) =>
      operator.api.post(`/v1/customers/network/cases/${refused.caseId}/resolve`, {
        ...{ reason: 'told by telephone', doneAtNetwork },
      });
    await expect(resolve(false)).rejects.toMatchObject({
      status: 409,
      problem: { code: 'orderNotConfirmed' },
    });
    await resolve(true);
    expect(await network.known(alike)).toBe('active/active');
    expect(await network.cases()).toEqual([]);
  });
});

describe('bar profiles', () => {
  it('without emergency numbers, or without the payment line, are refused and nothing is written', async () => {
    const operator = await Operator.open();
    const path = '/v1/customers/network/bar-profiles';
    const put = (lines: string[]) =>
      operator.api.put(path, { profiles: { barAll: { services: [], lines } }, reason: 'stricter' });
    const before = await operator.api.get('/v1/customers/network/settings');
    const refusal: ApiError = await put(['paymentLine', '15185550100']).then(
      () => Promise.reject(new Error('it was accepted')),
      (error: ApiError) => error,
    );
    expect([refusal.status, refusal.problem.field, refusal.problem.detail]).toEqual([
      422,
      'profiles.barAll.lines',
      expect.stringContaining('must keep "emergency"'),
    ]);
    await expect(put(['emergency'])).rejects.toMatchObject({ status: 422 });
    expect(await operator.api.get('/v1/customers/network/settings')).toEqual(before);
    await put(['emergency', 'paymentLine', '15185550100']);
    expect(await operator.api.get('/v1/customers/network/settings')).toMatchObject({
      profiles: { barAll: { lines: ['emergency', 'paymentLine', '15185550100'] } },
    });
  });
});
