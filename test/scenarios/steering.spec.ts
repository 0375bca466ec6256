import { ApiError } from '../../tools/sample/api-client';
import { type Bill, Operator, type Subscriber } from './operator';

interface Run {
  state: string;
  review: { invoices: number; totalMinor: number } | null;
}

/** February in New York: the cut-off is at 05:00 UTC, usage is awaited until 11:00. */
describe('steering a bill-run', () => {
  let operator: Operator;
  let subscribers: Subscriber[];

  const show = async (cutOffOn: string): Promise<Run & { id: string }> => {
    const { id } = await operator.run(cutOffOn);
    return { ...(await operator.api.get<Run>(`/v1/invoicing/runs/${id}`)), id };
  };
  const steer = async (cutOffOn: string, what: string): Promise<void> => {
    const { id } = await operator.run(cutOffOn);
    await operator.api.post(`/v1/invoicing/runs/${id}/${what}`, { reason: 'the diary says so' });
    await operator.settle();
  };

  beforeAll(async () => {
    operator = await Operator.open({ approval: 'required' });
    subscribers = [];
    for (let count = 0; count < 3; count++) subscribers.push(await operator.subscriber('smart-5'));
  });

  it('a dry run says what the bills will be and writes nothing', async () => {
    await operator.until('2026-01-31T15:00:00.000Z');
    const { id } = await operator.api.post<{ id: string }>(
      `/v1/invoicing/cycles/${operator.cycleId}/preview`,
      { cutOffOn: '2026-02-01' },
    );
    await operator.settle();
    const preview = await operator.api.get<{ done: boolean; invoices: number; total: { minor: number } }>(
      `/v1/invoicing/previews/${id}`,
    );
    expect(preview).toMatchObject({ done: true, invoices: 3 });
    expect(await operator.api.get('/v1/invoicing/invoices')).toMatchObject({ data: [] });
    await operator.until('2026-02-01T12:00:00.000Z');
    expect((await show('2026-02-01')).review).toMatchObject({ invoices: 3, totalMinor: preview.total.minor });
  });

  it('an account that is skipped gets no bill from this run; the others do once approved', async () => {
    const [first] = subscribers as [Subscriber];
    await steer('2026-02-01', `accounts/${first.accountId}/skip`);
    await steer('2026-02-01', 'approve');
    await operator.until('2026-02-01T20:00:00.000Z');
    expect((await show('2026-02-01')).state).toBe('lateUsage');
    const bills = await Promise.all(subscribers.map((subscriber) => operator.bills(subscriber)));
    expect(bills.map((each) => each.filter(({ state }) => state === 'finalized').length)).toEqual([0, 1, 1]);
  });

  it('what is numbered cannot be cancelled', async () => {
    await expect(steer('2026-02-01', 'cancel')).rejects.toMatchObject({ status: 409 });
  });

  it('the next run bills the skipped month as well', async () => {
    await operator.until('2026-03-01T12:00:00.000Z');
    await steer('2026-03-01', 'approve');
    await operator.until('2026-03-01T20:00:00.000Z');
    const [skipped, other] = await Promise.all(
      subscribers.slice(0, 2).map((subscriber) => operator.bills(subscriber)),
    );
    const sum = (bills: Bill[] = []): number =>
      bills.filter(({ state }) => state === 'finalized').reduce((all, { total }) => all + total.minor, 0);
    expect(sum(skipped)).toBe(sum(other));
  });

  it('a cancelled run leaves no bill; paused, a cycle starts none, and resumed it catches up', async () => {
    await operator.until('2026-04-01T12:00:00.000Z');
    await steer('2026-04-01', 'cancel');
    expect((await show('2026-04-01')).state).toBe('cancelled');
    await operator.api.post(`/v1/invoicing/cycles/${operator.cycleId}/pause`, { reason: 'holidays' });
    await operator.until('2026-05-02T12:00:00.000Z');
    await expect(operator.run('2026-05-01')).rejects.toThrow('no run');
    await operator.api.post(`/v1/invoicing/cycles/${operator.cycleId}/resume`, { reason: 'back at work' });
    await operator.until('2026-05-03T12:00:00.000Z');
    expect((await show('2026-05-01')).state).toBe('pendingApproval');
  });

  it('run-now finds the run that exists, and refuses a cut-off that has not come', async () => {
    const path = `/v1/invoicing/cycles/${operator.cycleId}/run-now`;
    await operator.api.post(path, { cutOffOn: '2026-05-01', reason: 'sure is sure' });
    const refused = operator.api.post(path, { cutOffOn: '2026-06-01', reason: 'too early' });
    await expect(refused).rejects.toBeInstanceOf(ApiError);
    await expect(refused).rejects.toMatchObject({ status: 409 });
    const runs = await operator.api.get<{ data: { cutOffOn: string }[] }>('/v1/invoicing/runs');
    expect(runs.data.filter(({ cutOffOn }) => cutOffOn === '2026-05-01')).toHaveLength(1);
  });
});
