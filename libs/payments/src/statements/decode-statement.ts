import { badInput } from '@tollkeeper/platform';

const labels: Record<string, string> = {
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  'us-ascii': 'utf-8',
  'iso-8859-1': 'windows-1252',
  'iso-8859-15': 'iso-8859-15',
  'windows-1252': 'windows-1252',
  'utf-16': 'utf-16le',
  'utf-16le': 'utf-16le',
};

const declarationBytes = 200;

/** A byte order mark says more than what the file, or the bank's settings, say of the characters. */
export function decodeStatement(bytes: Buffer, said: string | null): string {
  const label = labelOf(bytes, said);
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes);
  } catch {
    throw notAsItSays(label);
  }
}

/** While the file arrives: its first bytes say how it is written. */
export class StatementDecoder {
  private first = Buffer.alloc(0);
  private decoder: InstanceType<typeof TextDecoder> | null = null;
  private label = '';

  push(bytes: Buffer): string {
    if (this.decoder) return this.decoded(bytes, true);
    this.first = Buffer.concat([this.first, bytes]);
    return this.first.length < declarationBytes ? '' : this.begin(true);
  }

  end(): string {
    return this.decoder ? this.decoded(Buffer.alloc(0), false) : this.begin(false);
  }

  private begin(stream: boolean): string {
    this.label = labelOf(this.first, null);
    this.decoder = new TextDecoder(this.label, { fatal: true });
    const { first } = this;
    this.first = Buffer.alloc(0);
    return this.decoded(first, stream);
  }

  private decoded(bytes: Buffer, stream: boolean): string {
    try {
      return this.decoder?.decode(bytes, { stream }) ?? '';
    } catch {
      throw notAsItSays(this.label);
    }
  }
}

function labelOf(bytes: Buffer, said: string | null): string {
  const declared = said ?? declaredIn(bytes) ?? 'utf-8';
  const label = markOf(bytes) ?? labels[declared.toLowerCase()];
  if (!label)
    throw badInput('body', `Characters in "${declared.slice(0, 30)}" are not read.`, 'Send it in UTF-8.');
  return label;
}

const notAsItSays = (label: string) =>
  badInput('body', `The file is not written in ${label}, as it says.`, 'Send it in UTF-8.');

function markOf(bytes: Buffer): string | null {
  const start = bytes.subarray(0, 3).toString('hex');
  if (start.startsWith('efbbbf')) return 'utf-8';
  return start.startsWith('fffe') ? 'utf-16le' : start.startsWith('feff') ? 'utf-16be' : null;
}

const declaredIn = (bytes: Buffer): string | undefined =>
  /^\s*<\?xml[^>]*encoding=["']([\w-]+)["']/.exec(
    bytes.subarray(0, declarationBytes).toString('latin1'),
  )?.[1];
