import { Transform } from 'node:stream';
import { mostLineBytes, newline } from './line-batches';

/** A line of a file, without its end, as it is to be kept; the header is line 1. */
export type RewriteLine = (line: string, lineNumber: number) => string;

/** The lines of a stream as `rewrite` wants them. Of an absurdly long one only the head goes on, still too long. */
export function rewrittenLines(rewrite: RewriteLine): Transform {
  let rest: Buffer = Buffer.alloc(0);
  let lineNumber = 0;
  const head = (line: Buffer): Buffer => line.subarray(0, mostLineBytes + 1);
  const written = (line: Buffer): string => rewrite(head(line).toString(), ++lineNumber);
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      let buffer = Buffer.concat([rest, chunk]);
      for (let end = buffer.indexOf(newline); end !== -1; end = buffer.indexOf(newline)) {
        this.push(`${written(buffer.subarray(0, end))}\n`);
        buffer = buffer.subarray(end + 1);
      }
      rest = Buffer.from(head(buffer));
      done();
    },
    flush(done) {
      if (rest.length > 0) this.push(written(rest));
      done();
    },
  });
}
