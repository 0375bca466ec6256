/** What Node, Deno and browsers have as TextDecoder; the pure libs know no platform's types. */
export interface TextDecoding {
  decode(bytes?: Uint8Array, options?: { stream?: boolean }): string;
}

export class UnreadableText extends Error {}

const startsWith = (bytes: Uint8Array, ...start: number[]): boolean =>
  start.every((byte, at) => bytes[at] === byte);

/** UTF-16 as spreadsheets save "Unicode text": marked by its first two bytes, or known by every second byte being 0. */
function isUtf16(head: Uint8Array): boolean {
  if (startsWith(head, 0xff, 0xfe) || startsWith(head, 0xfe, 0xff)) return true;
  return head.length >= 4 && (isZeroAt(head, 1, 3) || isZeroAt(head, 0, 2));
}

const isZeroAt = (head: Uint8Array, ...places: number[]): boolean =>
  head[places[0] === 0 ? 1 : 0] !== 0 && places.every((place) => head[place] === 0);

const isZip = (head: Uint8Array): boolean => startsWith(head, 0x50, 0x4b, 0x03, 0x04);
const isGzip = (head: Uint8Array): boolean => startsWith(head, 0x1f, 0x8b);

/** What the first bytes say that the file is, when it is no UTF-8 text. */
export function faultOfEncoding(head: Uint8Array): string | null {
  if (isUtf16(head)) return 'the file is UTF-16: save it as UTF-8 (in spreadsheets "CSV UTF-8")';
  if (isZip(head)) return 'the file is a ZIP archive or a spreadsheet: save it as CSV UTF-8';
  if (isGzip(head)) return 'the file is compressed (gzip): unpack it first';
  return null;
}

/** Bytes as text, never more of them than allowed. What is no UTF-8 comes as U+FFFD: the line that has it is refused. */
export async function* readText(
  source: AsyncIterable<Uint8Array>,
  decoder: TextDecoding,
  mostBytes: number,
): AsyncGenerator<string> {
  let seen = 0;
  for await (const chunk of source) {
    const fault = seen === 0 ? faultOfEncoding(chunk) : null;
    if (fault) throw new UnreadableText(fault);
    seen += chunk.length;
    if (seen > mostBytes) throw new UnreadableText(`the file is larger than ${mostBytes} bytes`);
    yield decoder.decode(chunk, { stream: true });
  }
  yield decoder.decode();
}

/** Characters that no text of ours has, by name. */
export function faultOfCharacters(text: string): string | null {
  if (text.includes('\uFFFD'))
    return 'is not UTF-8 (Latin-1 or Windows-1252, perhaps): save the file as UTF-8';
  if (text.includes('\0')) return 'has a NUL byte: the file was damaged or is no text';
  if (text.includes('\r'))
    return 'has a carriage return inside: end lines with a line feed (LF or CRLF), not with CR alone';
  return null;
}
