import { addDays, startOfDay } from '@tollkeeper/calendar';
import { books, booksChanged } from '@tollkeeper/contracts';
import { event, WorkflowBench } from '@tollkeeper/testing';

/** Closes each day at midnight UTC, or through the day that a person named: the process knows only what invoicing tells it. */
class Invoicing {
  readonly closed: string[] = [];
  wantedThrough: string | null = null;
  failures = 0;

  constructor(
    private postedThrough: string,
    private readonly everyDays: number,
  ) {}

  readonly answers = {
    nextClose: ({ at }: { at: string }) => {
      const due = addDays(this.postedThrough, this.everyDays);
      const wakeAt = startOfDay(addDays(due, 1), 'UTC');
      if (wakeAt <= at) return { through: due, wakeAt };
      const wanted = this.wantedThrough !== null && this.wantedThrough > this.postedThrough;
      return { through: wanted ? this.wantedThrough : null, wakeAt };
    },
    closeDays: ({ through }: { through: string }) => {
      if (this.failures-- > 0) throw new Error('the database was away');
      this.closed.push(through);
      this.postedThrough = through;
      return { days: 1, postings: 1 };
    },
  };
}

describe('books', () => {
  let bench: WorkflowBench;

  beforeAll(async () => void (bench = await WorkflowBench.start()));
  afterAll(() => bench.stop());

  it('a live tenant: what an outage left open is closed at once, then each rhythm on its day, a failure tried again', async () => {
    const today = (await bench.liveNow()).slice(0, 10);
    const invoicing = new Invoicing(addDays(today, -3), 1);
    invoicing.failures = 1;
    bench.answer({ invoicing: invoicing.answers });
    const tenantId = 'ten_books';
    await bench.start(books, { tenantId, at: await bench.liveNow() });
    await bench.skip('49 hours');
    expect(invoicing.closed.slice(0, 4)).toEqual([-2, -1, 0, 1].map((days) => addDays(today, days)));
  });

  it('a sandbox: wakes by its rhythm alone, and at once when a person asks', async () => {
    const invoicing = new Invoicing('2026-01-31', 28);
    bench.answer({ invoicing: invoicing.answers });
    const tenantId = 'sbx_books';
    const processId = await bench.start(books, { tenantId, at: '2026-02-01T00:00:00.000Z' });
    await bench.advance(tenantId, '2026-02-20T00:00:00.000Z');
    expect(invoicing.closed).toEqual([]);
    invoicing.wantedThrough = '2026-02-18';
    await bench.processes.signal(
      tenantId,
      processId,
      booksChanged,
      event('asked', '2026-02-20T00:00:00.000Z'),
    );
    await bench.advance(tenantId, '2026-02-21T00:00:00.000Z');
    expect(invoicing.closed).toEqual(['2026-02-18']);
    await bench.advance(tenantId, '2026-03-19T00:00:00.000Z');
    expect(invoicing.closed).toEqual(['2026-02-18', '2026-03-18']);
  });

  it('a process that is started twice is one', async () => {
    const invoicing = new Invoicing('2026-01-31', 28);
    bench.answer({ invoicing: invoicing.answers });
    const input = { tenantId: 'sbx_twice', at: '2026-02-01T00:00:00.000Z' };
    const first = await bench.processes.start(books, input);
    expect(await bench.processes.start(books, input)).toEqual({ ...first, started: false });
    await bench.advance(input.tenantId, '2026-03-01T00:00:00.000Z');
    expect(invoicing.closed).toEqual(['2026-02-28']);
  });
});
