import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import type { StorageRef } from '@tollkeeper/contracts';

/** Reads handed-over objects and documents by the names that rows give them. */
export class StoredObjects {
  constructor(private readonly folder: string) {}

  /** What is wrong with the object, or null: there, and what its hash says. */
  async faultOf({ key, sha256 }: StorageRef): Promise<string | null> {
    const hash = createHash('sha256');
    try {
      // Of lines the hash is of the text: gzip itself may give other bytes for it.
      if (key.endsWith('.gz')) await pipeline(createReadStream(join(this.folder, key)), createGunzip(), hash);
      else await pipeline(createReadStream(join(this.folder, key)), hash);
    } catch (error) {
      return isMissing(error) ? `object ${key} is missing` : `object ${key} cannot be read: ${String(error)}`;
    }
    return hash.digest('hex') === sha256 ? null : `object ${key} does not match its hash`;
  }

  /** Lines of a text file that are not blank, the first one left out; null when the file is gone. */
  async linesBehindHeader({ key }: StorageRef): Promise<number | null> {
    const counter = new LineCounter();
    try {
      for await (const chunk of createReadStream(join(this.folder, key))) counter.take(chunk as Buffer);
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
    return Math.max(0, counter.end() - 1);
  }
}

const NEWLINE = 0x0a;
const isBlank = (byte: number): boolean => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);

export class LineCounter {
  private lines = 0;
  private hasText = false;

  take(chunk: Buffer): void {
    for (const byte of chunk) {
      if (byte === NEWLINE) this.endLine();
      else if (!this.hasText && !isBlank(byte)) this.hasText = true;
    }
  }

  end(): number {
    this.endLine();
    return this.lines;
  }

  private endLine(): void {
    if (this.hasText) this.lines += 1;
    this.hasText = false;
  }
}

const isMissing = (error: unknown): boolean => (error as { code?: unknown } | null)?.code === 'ENOENT';
