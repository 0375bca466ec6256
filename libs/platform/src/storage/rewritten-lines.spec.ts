import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, it } from '@jest/globals';
import { rewrittenLines } from './rewritten-lines';

const numbered = (chunks: string[]): Promise<string> =>
  text(
    Readable.from(chunks.map((chunk) => Buffer.from(chunk))).pipe(
      rewrittenLines((line, no) => `${no}:${line}`),
    ),
  );

it.each([
  ['one line without an end', ['a,b'], '1:a,b'],
  ['lines that chunks cut', ['a\nb', 'c\n', '\nd'], '1:a\n2:bc\n3:\n4:d'],
  ['a letter that chunks cut', ['é\n'].flatMap((line) => [line]), '1:é\n'],
  ['an empty file', [], ''],
])('%s', async (_, chunks, expected) => {
  expect(await numbered(chunks)).toBe(expected);
});

it('of a line of a megabyte only the head goes on, and the next one is whole', async () => {
  const [long, next] = (await numbered(['x'.repeat(1024 * 1024), 'y\nnext'])).split('\n');
  expect(long).toHaveLength('1:'.length + 16 * 1024 + 1);
  expect(next).toBe('2:next');
});
