import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { LineCounter, StoredObjects } from './stored-objects';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const ref = (key: string, text: string) => ({ key, sha256: sha256(text), count: 1, schemaVersion: 1 });

describe('stored objects', () => {
  let folder: string;
  let objects: StoredObjects;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'audit-'));
    objects = new StoredObjects(folder);
    await writeFile(join(folder, 'bill.pdf'), 'bill');
    await writeFile(join(folder, 'totals.ndjson.gz'), gzipSync('totals'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it.each([
    ['a document', ref('bill.pdf', 'bill'), null],
    ['gzipped lines by their text', ref('totals.ndjson.gz', 'totals'), null],
    ['a changed one', ref('bill.pdf', 'other'), 'object bill.pdf does not match its hash'],
    ['a missing one', ref('none.pdf', 'bill'), 'object none.pdf is missing'],
  ])('looks at %s', async (_, object, fault) => {
    expect(await objects.faultOf(object)).toBe(fault);
  });

  it('says when a usage file is gone', async () => {
    expect(await objects.linesBehindHeader(ref('gone.csv', ''))).toBeNull();
  });
});

it.each([
  [['a\nb\nc\n'], 3],
  [['a\nb\nc'], 3],
  [['a\n\n  \t\r\nb\r\n'], 2],
  [['a', 'b\n', '\n', 'c'], 2],
  [[''], 0],
])('of %j counts %i lines with text', (chunks, lines) => {
  const counter = new LineCounter();
  for (const chunk of chunks) counter.take(Buffer.from(chunk));
  expect(counter.end()).toBe(lines);
});
