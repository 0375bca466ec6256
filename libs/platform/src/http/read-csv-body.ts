import type { Request } from 'express';
import { badInput, Problem } from './problem';

const mostBytes = 2_000_000;

/** A CSV file that is small enough to be checked as a whole before anything is written. */
export async function readCsvBody(request: Request): Promise<string> {
  if (!request.is('text/csv'))
    throw badInput('content-type', 'The body must be a CSV file.', 'Send it with Content-Type: text/csv.');
  return (await readBody(request, mostBytes)).toString('utf8');
}

/** The bytes as they came, whatever they are. */
export async function readBody(request: Request, most: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of bodyChunks(request, most)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** The bytes while they arrive. */
export async function* bodyChunks(request: Request, most: number): AsyncGenerator<Buffer> {
  let bytes = 0;
  try {
    for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > most) throw tooLarge(most);
      yield chunk;
    }
  } finally {
    // What was not read is let through, so that the answer can be read by the caller.
    request.resume();
  }
}

const tooLarge = (most: number): Problem =>
  new Problem({
    code: 'tooLarge',
    status: 413,
    title: 'Too large',
    detail: `The file has more than ${most} bytes.`,
    hint: 'Send it in parts.',
  });
