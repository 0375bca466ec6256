import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LineBatch, readLineBatches, splitLine } from './line-batches';

let folder: string;
beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'lines-'))));
afterAll(() => rm(folder, { recursive: true }));

const written = async (text: string): Promise<string> => {
  const path = join(folder, 'file.csv');
  await writeFile(path, text);
  return path;
};

const batches = async (
  path: string,
  from: { offsetBytes: number; linesRead: number },
  limit: number,
): Promise<LineBatch[]> => {
  const found: LineBatch[] = [];
  for await (const batch of readLineBatches(path, from, limit)) found.push(batch);
  return found;
};

it.each([
  ['a,b,c', ['a', 'b', 'c']],
  ['a,"b,""x""",c', ['a', 'b,"x"', 'c']],
  ['a,"b,c', null],
  ['a,b"c', null],
])('%s', (line, fields) => {
  expect(splitLine(line)).toEqual(fields);
});

it('takes lines in batches and goes on from any of them', async () => {
  const path = await written('h\none\ntwo\r\n\nfoür\nfive');
  const all = await batches(path, { offsetBytes: 2, linesRead: 1 }, 2);
  expect(all.flatMap(({ lines }) => lines)).toEqual([
    { lineNumber: 2, text: 'one' },
    { lineNumber: 3, text: 'two' },
    { lineNumber: 5, text: 'foür' },
    { lineNumber: 6, text: 'five' },
  ]);
  for (const [index, batch] of all.entries()) {
    expect(await batches(path, batch, 2)).toEqual(
      index === all.length - 1 ? [{ ...batch, lines: [] }] : all.slice(index + 1),
    );
  }
});

it('keeps the head of an absurd line and finds the next one', async () => {
  const path = await written(`h\n${'x'.repeat(3_000_000)}\nnext\n`);
  const [batch] = await batches(path, { offsetBytes: 2, linesRead: 1 }, 10);
  expect(batch?.lines.map(({ lineNumber, text }) => [lineNumber, text.length])).toEqual([
    [2, 201],
    [3, 4],
  ]);
  expect(batch?.offsetBytes).toBe(3_000_008);
});
