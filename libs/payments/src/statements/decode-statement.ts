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

/** A byte order mark says more than what the file, or the bank's settings, say of the characters. */
export function decodeStatement(bytes: Buffer, said: string | null): string {
  const marked = markOf(bytes);
  const declared = said ?? declaredIn(bytes) ?? 'utf-8';
  const label = marked ?? labels[declared.toLowerCase()];
  if (!label)
    throw badInput('body', `Characters in "${declared.slice(0, 30)}" are not read.`, 'Send it in UTF-8.');
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes);
  } catch {
    throw badInput('body', `The file is not written in ${label}, as it says.`, 'Send it in UTF-8.');
  }
}

function markOf(bytes: Buffer): string | null {
  const start = bytes.subarray(0, 3).toString('hex');
  if (start.startsWith('efbbbf')) return 'utf-8';
  return start.startsWith('fffe') ? 'utf-16le' : start.startsWith('feff') ? 'utf-16be' : null;
}

const declaredIn = (bytes: Buffer): string | undefined =>
  /^\s*<\?xml[^>]*encoding=["']([\w-]+)["']/.exec(bytes.subarray(0, 200).toString('latin1'))?.[1];
