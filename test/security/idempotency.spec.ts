import { runningStack } from '../setup/running-stack';
import { type Answer, forEach, ownAddress, problemCode } from './caller';
import { Cast } from './cast';
import { TenantRows } from './tenant-rows';

const path = '/v1/invoicing/cycles';
const cycle = {
  name: 'Monthly',
  frequency: 'monthly',
  anchorDay: 1,
  zone: 'America/New_York',
  startsOn: '2026-01-01',
  approval: 'required',
  lateUsageDays: 5,
  collectHours: 6,
};

jest.setTimeout(60_000);

describe('an Idempotency-Key', () => {
  const { environment } = runningStack();
  let cast: Cast;
  let rows: TenantRows;

  beforeAll(async () => {
    cast = await Cast.open(ownAddress(9));
    rows = await TenantRows.connect(environment['MONGODB_URI'] ?? '');
  });
  afterAll(async () => {
    cast.close();
    await rows.close();
  });

  const create = (key: string, change: object = {}, token = cast.adminToken): Promise<Answer> =>
    cast.caller
      .as(token)
      .send('POST', path, { json: { ...cycle, ...change }, headers: { 'idempotency-key': key } });
  const named = async (name: string): Promise<number> => {
    const { data } = await cast.caller.get<{ data: { name: string }[] }>(`${path}?limit=100`);
    return data.filter((each) => each.name === name).length;
  };

  it('replays the first answer to the same body, and writes nothing more', async () => {
    const first = await create('replayed', { name: 'replayed' });
    const before = await rows.settled([cast.tenantId]);
    const again = await create('replayed', { name: 'replayed' });
    expect([again.status, again.text, again.headers['idempotency-replayed']]).toEqual([
      first.status,
      first.text,
      'true',
    ]);
    expect(await rows.settled([cast.tenantId])).toEqual(before);
  });

  it('refuses another body', async () => {
    await create('other-body', { name: 'first body' });
    const refused = await create('other-body', { name: 'second body' });
    expect([refused.status, problemCode(refused)]).toEqual([422, 'badInput']);
    expect(await named('second body')).toBe(0);
  });

  it('sent many times at once has one effect', async () => {
    const answers = await forEach(Array.from({ length: 10 }), () => create('at-once', { name: 'at once' }));
    const created = answers.filter(({ status }) => status === 201);
    expect(created.length).toBeGreaterThanOrEqual(1);
    expect(new Set(created.map(({ text }) => text)).size).toBe(1);
    expect(
      answers
        .filter(({ status }) => status !== 201)
        .every((answer) => problemCode(answer) === 'stillRunning'),
    ).toBe(true);
    expect(await named('at once')).toBe(1);
  });

  it('brings the answer that got lost on its way (F25)', async () => {
    const json = { ...cycle, name: 'lost answer' };
    const headers = { 'idempotency-key': 'lost-answer' };
    await cast.caller.as(cast.adminToken).send('POST', path, { json, headers, hangUp: true });
    const again = await create('lost-answer', { name: 'lost answer' });
    expect([again.status, again.headers['idempotency-replayed']]).toEqual([201, 'true']);
    expect(await named('lost answer')).toBe(1);
  });

  it('of a refused request may be used again', async () => {
    expect((await create('mended', { name: 'mended', anchorDay: 99 })).status).toBeGreaterThanOrEqual(400);
    expect((await create('mended', { name: 'mended' })).status).toBe(201);
  });

  it("is its owner's: another user's same key is another request", async () => {
    const colleague = await cast.staff('billing');
    await create('shared', { name: 'of the admin' });
    const answer = await create('shared', { name: 'of the colleague' }, colleague);
    expect([answer.status, answer.headers['idempotency-replayed']]).toEqual([201, undefined]);
  });

  it('of 256 letters is refused', async () => {
    const refused = await create('k'.repeat(256), { name: 'long key' });
    expect([refused.status, problemCode(refused)]).toEqual([422, 'badInput']);
  });
});
