import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Headers lie at the beginning; a Message-ID may be folded onto the next line. */
const HEAD_BYTES = 8_192;
const messageIdHeader = /^message-id:\s*(<[^>]+>)/im;

export const messageIdOf = (head: string): string | null =>
  messageIdHeader.exec(head.split(/\r?\n\r?\n/)[0] ?? '')?.[1] ?? null;

/** How often each message arrived in the inbox; null where there is none to read. */
export async function copiesIn(mailFolder: string | undefined): Promise<Map<string, number> | null> {
  if (mailFolder === undefined) return null;
  const names = await readdir(mailFolder).catch(() => null);
  if (names === null) return null;
  const copies = new Map<string, number>();
  for (const name of names.filter((each) => each.endsWith('.eml'))) {
    const messageId = messageIdOf(await headOf(join(mailFolder, name)));
    if (messageId !== null) copies.set(messageId, (copies.get(messageId) ?? 0) + 1);
  }
  return copies;
}

async function headOf(path: string): Promise<string> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await file.close();
  }
}
