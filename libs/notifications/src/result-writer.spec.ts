import { describe, expect, it } from '@jest/globals';
import { ResultWriter } from './result-writer';

describe('a result writer', () => {
  it('writes the first at once and what came meanwhile together', async () => {
    const writes: number[][] = [];
    const writer = new ResultWriter<number>(async (results) => void writes.push(results));
    [1, 2, 3].forEach((result) => writer.add(result));
    await writer.settled();
    writer.add(4);
    await writer.settled();
    expect(writes).toEqual([[1], [2, 3], [4]]);
  });

  it('says that a write failed', async () => {
    const writer = new ResultWriter<number>(() => Promise.reject(new Error('away')));
    writer.add(1);
    await expect(writer.settled()).rejects.toThrow('away');
    expect(writer.broken).toBe(true);
  });
});
