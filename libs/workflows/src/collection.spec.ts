import { addDays, atLocalTime } from '@tollkeeper/calendar';
import {
  collection,
  type CollectionFacts,
  collectionProgress,
  collectionSignals,
  type DunningPolicy,
} from '@tollkeeper/contracts';
import { event, WorkflowBench } from '@tollkeeper/testing';

const policy: DunningPolicy = {
  policyId: 'standard',
  version: 1,
  minimumMinor: 1,
  stepHour: 10,
  levels: [
    {
      levelId: 'd1',
      daysOverdue: 1,
      actions: [{ kind: 'retryPayment' }, { kind: 'sendMessage', template: 'reminder1' }],
    },
    { levelId: 'd5', daysOverdue: 5, actions: [{ kind: 'sendMessage', template: 'finalNotice' }] },
    { levelId: 'd10', daysOverdue: 10, actions: [{ kind: 'restrict', state: 'barOutgoing' }] },
    { levelId: 'd20', daysOverdue: 20, actions: [{ kind: 'handOver' }] },
  ],
};

const dueOn = '2026-02-15';
const accountId = 'acc_1';

describe('a collection', () => {
  let bench: WorkflowBench;
  let facts: CollectionFacts;
  let told: string[];

  beforeAll(async () => void (bench = await WorkflowBench.start()));
  afterAll(() => bench.stop());
  beforeEach(() => {
    told = [];
    facts = {
      openMinor: 2500,
      currency: 'USD',
      oldestDueOn: dueOn,
      zone: 'UTC',
      hold: null,
      promise: null,
      writtenOff: false,
      attemptOpen: false,
      restricted: false,
    };
    bench.answer({
      payments: {
        loadCollection: () => facts,
        scheduleSteps: () => ({
          steps: policy.levels.map(({ levelId, daysOverdue }) => ({
            levelId,
            at: atLocalTime(addDays(dueOn, daysOverdue), '10:00', 'UTC'),
          })),
        }),
        retryCollection: () => ({ state: 'declined' }),
        requestDunningMessage: ({ template, at }: { template: string; at: string }) =>
          void told.push(`${at.slice(0, 10)} ${template}`),
        recordStep: () => undefined,
        closeCollection: ({ outcome, at }: { outcome: string; at: string }) =>
          void told.push(`${at.slice(0, 10)} closed: ${outcome}`),
      },
      customers: {
        restrictAccount: ({ state, at }: { state: string; at: string }) => {
          told.push(`${at.slice(0, 10)} ${state}`);
          return { subscriptions: 1 };
        },
      },
    });
  });

  const open = (tenantId: string) =>
    bench.start(collection, {
      tenantId,
      at: '2026-02-16T06:00:00.000Z',
      accountId,
      caseId: `col_${tenantId}`,
      policy,
    });

  it('takes each level on its day and hands over at the end', async () => {
    await open('sbx_ladder');
    await bench.advance('sbx_ladder', '2026-03-10T00:00:00.000Z');
    expect(told).toEqual([
      '2026-02-16 reminder1',
      '2026-02-20 finalNotice',
      '2026-02-25 barOutgoing',
      '2026-03-07 closed: handedOver',
    ]);
  });

  it('ends at once when the debt is paid, and restores the service', async () => {
    const id = await open('sbx_paid');
    await bench.advance('sbx_paid', '2026-02-26T12:00:00.000Z');
    facts.openMinor = 0;
    await bench.processes.signal(
      'sbx_paid',
      id,
      collectionSignals.paymentReceived,
      event('pay_1', '2026-02-26T12:00:00.000Z'),
    );
    expect(await bench.result(id)).toBe('cured');
    expect(told.slice(2)).toEqual([
      '2026-02-25 barOutgoing',
      '2026-02-26 active',
      '2026-02-26 closed: cured',
    ]);
  });

  it('waits while it is on hold; steps that the hold made late come one a day', async () => {
    const id = await open('sbx_hold');
    facts.hold = { reason: 'dispute', until: null };
    await bench.processes.signal(
      'sbx_hold',
      id,
      collectionSignals.hold,
      event('hold', '2026-02-16T07:00:00.000Z'),
    );
    await bench.advance('sbx_hold', '2026-03-01T00:00:00.000Z');
    expect(told).toEqual([]);
    expect(await bench.processes.shown(id, collectionProgress)).toMatchObject({ status: 'onHold' });
    facts.hold = null;
    await bench.processes.signal(
      'sbx_hold',
      id,
      collectionSignals.release,
      event('release', '2026-03-01T00:00:00.000Z'),
    );
    await bench.advance('sbx_hold', '2026-03-04T00:00:00.000Z');
    expect(told).toEqual(['2026-03-01 reminder1', '2026-03-02 finalNotice', '2026-03-03 barOutgoing']);
  });

  it('keeps a promise to pay until its day, then goes on', async () => {
    facts.promise = { amountMinor: 2500, until: '2026-02-22T00:00:00.000Z' };
    await open('sbx_promise');
    await bench.advance('sbx_promise', '2026-02-22T12:00:00.000Z');
    expect(told).toEqual(['2026-02-22 reminder1']);
  });

  it('says what comes next, when and why', async () => {
    const id = await open('sbx_next');
    await bench.advance('sbx_next', '2026-02-17T00:00:00.000Z');
    expect(await bench.processes.shown(id, collectionProgress)).toMatchObject({
      status: 'open',
      taken: [{ levelId: 'd1' }],
      next: { levelId: 'd5', at: '2026-02-20T10:00:00.000Z', why: '5 days after 2026-02-15' },
    });
  });
});
