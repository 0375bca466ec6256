import { addDays, atLocalTime, compareInstants } from '@tollkeeper/calendar';
import {
  collection,
  type CollectionFacts,
  type CollectionMove,
  collectionProgress,
  collectionSignals,
  type DunningLevel,
  type DunningPolicy,
} from '@tollkeeper/contracts';
import { event, WorkflowBench } from '@tollkeeper/testing';

const levels: DunningLevel[] = [
  {
    levelId: 'd1',
    daysOverdue: 1,
    actions: [{ kind: 'retryPayment' }, { kind: 'sendMessage', template: 'reminder1' }],
  },
  { levelId: 'd3', daysOverdue: 3, actions: [{ kind: 'lateFee', fee: { kind: 'fixed', minor: 500 } }] },
  { levelId: 'd5', daysOverdue: 5, actions: [{ kind: 'sendMessage', template: 'finalNotice' }] },
  { levelId: 'd10', daysOverdue: 10, actions: [{ kind: 'restrict', state: 'barOutgoing' }] },
  { levelId: 'd20', daysOverdue: 20, actions: [{ kind: 'handOver' }] },
];
const policy: DunningPolicy = { policyId: 'standard', version: 1, minimumMinor: 1, stepHour: 10, levels };

const dueOn = '2026-02-15';
const accountId = 'acc_1';
const openFacts: CollectionFacts = {
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

interface Step {
  levelId: string;
  what: string;
  at: string;
  restricted?: boolean;
}

describe('a collection', () => {
  let bench: WorkflowBench;
  let facts: CollectionFacts;
  let told: string[];
  let taken: Map<string, string>;
  /** Answered before the ladder, each once. */
  let first: CollectionMove[];
  /** What charging comes to, each time it is asked; then declined. */
  let charges: string[];
  let steps: string[];

  const day = (at: string): string => at.slice(0, 10);
  const lookAt = (at: string): CollectionMove => {
    const next = first.shift();
    if (next) return next;
    if (facts.writtenOff) return { kind: 'close', outcome: 'writtenOff', restore: facts.restricted };
    if (facts.openMinor === 0) return { kind: 'close', outcome: 'cured', restore: facts.restricted };
    if (facts.hold) return { kind: 'wait', until: facts.hold.until, levelId: 'review', why: 'on hold' };
    const level = levels.find(({ levelId }) => !taken.has(levelId));
    if (!level) return { kind: 'wait', until: null, levelId: 'end', why: 'the end' };
    const due = atLocalTime(addDays(dueOn, level.daysOverdue), '10:00', 'UTC');
    const why = `${level.daysOverdue} days after ${dueOn}`;
    return compareInstants(due, at) > 0
      ? { kind: 'wait', until: due, levelId: level.levelId, why }
      : { kind: 'take', level, why };
  };

  beforeAll(async () => void (bench = await WorkflowBench.start()));
  afterAll(() => bench.stop());
  beforeEach(() => {
    told = [];
    first = [];
    charges = [];
    steps = [];
    taken = new Map();
    facts = { ...openFacts };
    bench.answer({
      payments: {
        nextCollectionMove: ({ at }: { at: string }) => ({
          facts,
          move: lookAt(at),
          taken: [...taken].map(([levelId, takenAt]) => ({ levelId, at: takenAt })),
        }),
        retryCollection: () => ({ state: charges.shift() ?? 'declined' }),
        chargeInstalment: ({ no, at }: { no: number; at: string }) => {
          told.push(`${day(at)} instalment ${no}`);
          return { state: 'succeeded' };
        },
        assessLateFees: ({ levelId }: { levelId: string }) => ({
          entries: [{ key: levelId, rule: 'lateFee', invoiceId: 'inv_1', amountMinor: 500, reason: 'late' }],
        }),
        recordLateFees: ({ postedKeys, at }: { postedKeys: string[]; at: string }) =>
          void told.push(`${day(at)} fee ${postedKeys.join()}`),
        debtsToWriteOff: () => ({
          entries: [{ key: 'w', rule: 'writeOff', invoiceId: 'inv_1', amountMinor: null, reason: 'gone' }],
        }),
        recordNotices: ({ notices, at }: { notices: { state: string }[]; at: string }) =>
          void told.push(`${day(at)} notice ${notices.map(({ state }) => state).join()}`),
        requestDunningMessage: ({ template, at }: { template: string; at: string }) =>
          void told.push(`${day(at)} ${template}`),
        recordStep: ({ levelId, what, at, restricted }: Step) => {
          steps.push(what);
          taken.set(levelId, at);
          if (restricted !== undefined) facts.restricted = restricted;
        },
        closeCollection: ({ outcome, at }: { outcome: string; at: string }) =>
          void told.push(`${day(at)} closed: ${outcome}`),
      },
      invoicing: {
        accelerateDevicePlans: () => ({
          ...{ accelerated: ['ipl_1'], leftAlone: [{ planId: 'ipl_2', why: 'BGB § 498' }] },
        }),
        postCollectionEntries: ({
          entries,
          at,
        }: {
          entries: { key: string; rule: string }[];
          at: string;
        }) => {
          told.push(...entries.map(({ rule }) => `${day(at)} ${rule}`));
          return { postedKeys: entries.map(({ key }) => key) };
        },
      },
      notifications: {
        messageStates: () => ({
          messages: [{ key: 'a', state: 'sent', deliveredAt: '2026-02-16T00:00:00Z' }],
        }),
      },
      customers: {
        restrictAccount: ({ state, at }: { state: string; at: string }) => {
          told.push(`${day(at)} ${state}`);
          return { subscriptions: 1 };
        },
        terminateAccount: ({ at }: { at: string }) => {
          told.push(`${day(at)} terminated`);
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

  it('takes each level on its day, posts its fee and hands over at the end', async () => {
    await open('sbx_ladder');
    await bench.advance('sbx_ladder', '2026-03-10T00:00:00.000Z');
    expect(told).toEqual([
      '2026-02-16 reminder1',
      '2026-02-18 lateFee',
      '2026-02-18 fee d3',
      '2026-02-20 finalNotice',
      '2026-02-25 barOutgoing',
      '2026-03-07 closed: handedOver',
    ]);
  });

  it('ends at once when the debt is paid, and restores the service', async () => {
    const id = await open('sbx_paid');
    await bench.advance('sbx_paid', '2026-02-26T12:00:00.000Z');
    facts.openMinor = 0;
    const paid = event('pay_1', '2026-02-26T12:00:00.000Z');
    await bench.processes.signal('sbx_paid', id, collectionSignals.paymentReceived, paid);
    expect(await bench.result(id)).toBe('cured');
    expect(told.slice(4)).toEqual([
      '2026-02-25 barOutgoing',
      '2026-02-26 active',
      '2026-02-26 closed: cured',
    ]);
  });

  it('waits while it is on hold, until it is released', async () => {
    const id = await open('sbx_hold');
    facts.hold = { reason: 'dispute', until: null };
    const held = event('hold', '2026-02-16T07:00:00.000Z');
    await bench.processes.signal('sbx_hold', id, collectionSignals.hold, held);
    await bench.advance('sbx_hold', '2026-03-01T00:00:00.000Z');
    expect(told).toEqual([]);
    expect(await bench.processes.shown(id, collectionProgress)).toMatchObject({ status: 'onHold' });
    facts.hold = null;
    const released = event('release', '2026-03-01T00:00:00.000Z');
    await bench.processes.signal('sbx_hold', id, collectionSignals.release, released);
    await bench.advance('sbx_hold', '2026-03-01T12:00:00.000Z');
    expect(told[0]).toBe('2026-03-01 reminder1');
  });

  const barred: DunningLevel = {
    levelId: 'now',
    daysOverdue: 1,
    actions: [{ kind: 'retryPayment' }, { kind: 'restrict', state: 'barOutgoing' }],
  };
  const underWay: CollectionMove = {
    ...{ kind: 'wait', until: null, levelId: 'review', why: 'a payment is under way' },
  };
  const openAsCharged = async (tenantId: string, what: string) => {
    first = [{ kind: 'take', level: barred, why: 'now' }, underWay];
    charges = [what];
    const id = await open(tenantId);
    await bench.advance(tenantId, '2026-02-16T08:00:00.000Z');
    expect(told).toEqual([]);
    return (change: () => void) => {
      change();
      const news = event('decided', '2026-02-16T08:00:00.000Z');
      return bench.processes.signal(tenantId, id, collectionSignals.paymentReceived, news).then(() => id);
    };
  };

  it('a charge of unknown outcome that was paid after all bars nobody', async () => {
    const decide = await openAsCharged('sbx_unknown', 'unknown');
    const id = await decide(() => void (facts.openMinor = 0));
    expect(await bench.result(id)).toBe('cured');
    expect(told).toEqual(['2026-02-16 closed: cured']);
  });

  it('a pending charge that was declined lets the rest of its level go on', async () => {
    const decide = await openAsCharged('sbx_pending', 'pending');
    await decide(() => undefined);
    await bench.advance('sbx_pending', '2026-02-16T09:00:00.000Z');
    expect(told).toEqual(['2026-02-16 barOutgoing']);
  });

  it('proves a notice, lifts a bar and charges an instalment when payments says so', async () => {
    first = [
      { kind: 'prove', keys: ['a', 'b'] },
      { kind: 'lift', levelId: 'lift-1', why: 'a payment plan is kept' },
      { kind: 'chargeInstalment', levelId: 'pln_1-1', no: 1 },
    ];
    await open('sbx_moves');
    await bench.advance('sbx_moves', '2026-02-16T07:00:00.000Z');
    expect(told).toEqual(['2026-02-16 notice sent,unknown', '2026-02-16 active', '2026-02-16 instalment 1']);
  });

  it('terminates, and writes off in the books before the case closes', async () => {
    const last = {
      levelId: 'end',
      daysOverdue: 60,
      actions: [{ kind: 'terminate' as const }, { kind: 'writeOff' as const }],
    };
    first = [{ kind: 'take', level: last, why: '60 days' }];
    const id = await open('sbx_lost');
    expect(await bench.result(id)).toBe('writtenOff');
    expect(told).toEqual(['2026-02-16 terminated', '2026-02-16 writeOff', '2026-02-16 closed: writtenOff']);
  });

  it('asks for the rest of the devices before it hands over, and says what the law leaves alone', async () => {
    const handOver = { kind: 'handOver' as const, acceleratesDevicePlans: true };
    first = [
      { kind: 'take', level: { levelId: 'end', daysOverdue: 60, actions: [handOver] }, why: '60 days' },
    ];
    const id = await open('sbx_devices');
    expect(await bench.result(id)).toBe('handedOver');
    expect(steps).toEqual(['accelerate: 1 plans, 1 left alone: BGB § 498', 'handOver']);
  });

  it('says what comes next, when and why', async () => {
    const id = await open('sbx_next');
    await bench.advance('sbx_next', '2026-02-17T00:00:00.000Z');
    expect(await bench.processes.shown(id, collectionProgress)).toMatchObject({
      status: 'open',
      taken: [{ levelId: 'd1' }],
      next: { levelId: 'd3', at: '2026-02-18T10:00:00.000Z', why: '3 days after 2026-02-15' },
    });
  });
});
