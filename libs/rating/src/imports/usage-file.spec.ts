import { usageColumns } from '@tollkeeper/tariff';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readUsageHeader } from './usage-file';

let folder: string;
beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'usage-'))));
afterAll(() => rm(folder, { recursive: true }));

const written = async (text: string): Promise<string> => {
  const path = join(folder, 'file.csv');
  await writeFile(path, text);
  return path;
};

it('reads the header behind a byte order mark', async () => {
  const line = `\uFEFF${usageColumns.join(',')}\r\n`;
  expect((await readUsageHeader(await written(`${line}r1`))).bytes).toBe(Buffer.byteLength(line));
});

it.each(['', 'a,b\n', '"'])('refuses the header %j', async (text) => {
  await expect(readUsageHeader(await written(text))).rejects.toMatchObject({ status: 422 });
});
