import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { callAndRecord, groupsOf, mapBounded, readyAhead } from './bounded-calls';

it.each([
  [0, 8, 0],
  [3, 8, 3],
  [20, 8, 8],
])('%i calls, at most %i at once: %i', async (count, limit, atOnce) => {
  let [running, most] = [0, 0];
  const items = Array.from({ length: count }, (_, place) => place);
  const results = await mapBounded(items, limit, async (item) => {
    running += 1;
    most = Math.max(most, running);
    await Promise.resolve();
    running -= 1;
    return item * 2;
  });
  expect(results).toEqual(items.map((item) => item * 2));
  expect(most).toBe(atOnce);
});

it('makes groups', () => {
  expect(groupsOf([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]]);
  expect(groupsOf([], 2)).toEqual([]);
});

it('a call that fails lets those under way end, and no other begin', async () => {
  const ended: number[] = [];
  const calls = mapBounded([0, 1, 2, 3, 4, 5, 6, 7], 3, async (item) => {
    if (item === 1) throw new Error('no such gateway');
    await Promise.resolve();
    ended.push(item);
  });
  await expect(calls).rejects.toThrow('no such gateway');
  expect(ended).toEqual([0, 2]);
});

const turns = async (count: number): Promise<void> => {
  for (let turn = 0; turn < count; turn++) await Promise.resolve();
};

describe('calls that are recorded in groups', () => {
  it('records each answer once, in groups, whatever takes how long', async () => {
    const times = fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 60 });
    const limit = fc.integer({ min: 1, max: 9 });
    await fc.assert(
      fc.asyncProperty(times, limit, limit, limit, async (takes, callsAtOnce, groupSize, recordTakes) => {
        let [calling, mostCalling, recording, waiting, mostWaiting] = [0, 0, 0, 0, 0];
        const recorded: number[] = [];
        const items = takes.map((_, item) => item);
        const call = async (item: number) => {
          mostCalling = Math.max(mostCalling, ++calling);
          await turns(takes[item] ?? 0);
          calling -= 1;
          mostWaiting = Math.max(mostWaiting, ++waiting);
          return item;
        };
        await callAndRecord(items, { callsAtOnce, groupSize }, call, async (group) => {
          expect(++recording).toBe(1);
          expect(group.length).toBeLessThanOrEqual(groupSize);
          await turns(recordTakes * 5);
          waiting -= group.length;
          recorded.push(...group);
          recording -= 1;
        });
        expect(recorded.sort((left, right) => left - right)).toEqual(items);
        expect(mostCalling).toBeLessThanOrEqual(callsAtOnce);
        // Two groups that wait, one that is being recorded, and the calls that were under way.
        expect(mostWaiting).toBeLessThanOrEqual(3 * groupSize + callsAtOnce);
      }),
      { numRuns: 200 },
    );
  });

  it('calls go on while a group is recorded', async () => {
    const told: string[] = [];
    const call = async (item: number) => {
      told.push(`call ${item}`);
      await turns(3);
      return item;
    };
    await callAndRecord([0, 1, 2, 3, 4, 5], { callsAtOnce: 1, groupSize: 2 }, call, async (group) => {
      told.push(`record ${group.join()}`);
      await turns(12);
      told.push(`recorded ${group.join()}`);
    });
    expect(told.indexOf('call 2')).toBeLessThan(told.indexOf('recorded 0,1'));
    expect(told.at(-1)).toBe('recorded 4,5');
  });

  it('an answer that came is recorded although another call failed', async () => {
    const recorded: number[] = [];
    const call = async (item: number) => {
      if (item === 3) throw new Error('no such gateway');
      return item;
    };
    const record = async (group: number[]) => void recorded.push(...group);
    const sent = callAndRecord([0, 1, 2, 3, 4, 5], { callsAtOnce: 2, groupSize: 10 }, call, record);
    await expect(sent).rejects.toThrow('no such gateway');
    expect(recorded).toEqual(expect.arrayContaining([0, 1, 2]));
    expect(new Set(recorded).size).toBe(recorded.length);
  });

  it('after a record that failed nothing more is recorded, and soon nothing more called', async () => {
    const called: number[] = [];
    const items = Array.from({ length: 100 }, (_, item) => item);
    let records = 0;
    const sent = callAndRecord(
      items,
      { callsAtOnce: 2, groupSize: 4 },
      async (item) => {
        called.push(item);
        await turns(2);
        return item;
      },
      async () => {
        records += 1;
        throw new Error('the database is away');
      },
    );
    await expect(sent).rejects.toThrow('the database is away');
    expect(records).toBe(1);
    expect(called.length).toBeLessThan(14);
  });
});

describe('groups that are made ready ahead', () => {
  const all = async (items: AsyncIterable<number>) => {
    const told: number[] = [];
    for await (const item of items) told.push(item);
    return told;
  };

  it.each([1, 2, 5])('come in their order, the next %i under way meanwhile', async (ahead) => {
    let [ready, told] = [0, 0];
    let mostAhead = 0;
    const groups = [[1, 2], [], [3], [4, 5, 6], [7]];
    const items = readyAhead(groups, ahead, async (group) => {
      await turns(5 - group.length);
      ready += 1;
      return group;
    });
    const seen: number[] = [];
    for await (const item of items) {
      seen.push(item);
      await turns(20);
      told = groups.findIndex((group) => group.includes(item)) + 1;
      mostAhead = Math.max(mostAhead, ready - told);
    }
    expect(seen).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(mostAhead).toBe(Math.min(ahead, 4));
  });

  it('a group that fails is told in its turn; what was begun beside it ends first', async () => {
    let ended = 0;
    const items = readyAhead([1, 2, 3, 4], 2, async (group) => {
      if (group === 2) throw new Error('the database is away');
      await turns(group * 10);
      ended += 1;
      return [group];
    });
    const seen: number[] = [];
    const sent = callAndRecord(
      items,
      { callsAtOnce: 2, groupSize: 1 },
      async (item) => item,
      async (group) => void seen.push(...group),
    );
    await expect(sent).rejects.toThrow('the database is away');
    expect(seen).toEqual([1]);
    expect(ended).toBe(2);
  });

  it('who stops waits for what is under way', async () => {
    let [begun, ended] = [0, 0];
    const items = readyAhead([1, 2, 3, 4], 2, async (group) => {
      begun += 1;
      await turns(10);
      ended += 1;
      return [group];
    });
    const record = () => Promise.reject(new Error('the database is away'));
    await expect(
      callAndRecord(items, { callsAtOnce: 1, groupSize: 1 }, async (item) => item, record),
    ).rejects.toThrow('the database is away');
    expect(begun).toBeLessThan(5);
    expect(ended).toBe(begun);
  });

  it('none', async () => {
    expect(await all(readyAhead([], 2, () => Promise.resolve([1])))).toEqual([]);
  });
});
