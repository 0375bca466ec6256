import { Wakefulness } from './wakefulness';

const park = (
  processId: string,
  wakeAt: string | null,
  tokens: string[] = [],
  rank: 'collection' | 'receivables' = 'collection',
) => ({
  processId,
  wakeAt,
  tokens,
  rank,
});

describe('who is awake', () => {
  it('is awake from its start until it reports that token', () => {
    const processes = new Wakefulness();
    processes.awaken('a', 'start:1');
    expect(processes.allParked).toBe(false);
    processes.park(park('a', '2026-01-02T00:00:00.000Z', ['start:1']));
    expect(processes.allParked).toBe(true);
  });

  it('stays awake while a signal that it has not seen is on its way, though it parks meanwhile', () => {
    const processes = new Wakefulness();
    processes.awaken('a', 'start:1');
    processes.awaken('a', 'payment');
    processes.park(park('a', null, ['start:1']));
    expect(processes.allParked).toBe(false);
    processes.park(park('a', null, ['payment']));
    expect(processes.allParked).toBe(true);
  });

  it('a start that found the process open leaves no trace', () => {
    const processes = new Wakefulness();
    processes.awaken('a', 'start:2');
    processes.release('a', 'start:2');
    expect(processes.allParked).toBe(true);
  });

  it('wakes the earliest first, and of one instant the lower rank', () => {
    const processes = new Wakefulness();
    processes.park(park('late', '2026-01-03T00:00:00.000Z'));
    processes.park(park('case', '2026-01-02T00:00:00.000Z'));
    processes.park(park('debt', '2026-01-02T00:00:00.000Z', [], 'receivables'));
    processes.park(park('never', null));
    expect(processes.next()).toEqual({ at: '2026-01-02T00:00:00.000Z', processIds: ['debt'] });
    processes.drop('debt');
    expect(processes.next()).toEqual({ at: '2026-01-02T00:00:00.000Z', processIds: ['case'] });
  });

  it('goes through a snapshot unchanged', () => {
    const processes = new Wakefulness();
    processes.park(park('a', '2026-01-03T00:00:00.000Z'));
    processes.wake('a', '2026-01-03T00:00:00.000Z');
    const { parked, awake } = processes.snapshot();
    expect(new Wakefulness(parked, awake).awakeIds).toEqual(['a']);
  });
});
