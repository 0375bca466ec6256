import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { messageIdOf } from '../../tools/audit/mail-folder';
import { runningStack } from '../setup/running-stack';
import type { Operator, Subscriber } from './operator';

interface Listed {
  key: string;
  template: string;
  subject: string;
  messageId: string;
  requestedAt: string;
}

export interface ReadMail {
  subject: string;
  text: string;
}

/** The newest mail of a template, as it lies in the inbox of whom it was written to. */
export async function mailTo(
  { api }: Operator,
  { accountId }: Subscriber,
  template: string,
): Promise<ReadMail> {
  const path = `/v1/notifications/messages?accountId=${accountId}&template=${template}`;
  const [newest] = (await api.get<{ data: Listed[] }>(path)).data;
  if (!newest) throw new Error(`no ${template} was written to ${accountId}`);
  const folder = join(runningStack().dataFolder, 'mails');
  for (const name of await readdir(folder)) {
    const mail = name.endsWith('.eml') ? await readFile(join(folder, name), 'latin1') : '';
    if (messageIdOf(mail) === newest.messageId) return { subject: newest.subject, text: textOf(mail) };
  }
  throw new Error(`the inbox has no mail ${newest.messageId}`);
}

/** The token behind `payLink=` in a mail. */
export const payLinkIn = ({ text }: ReadMail): string => /[?&]payLink=([\w.-]+)/.exec(text)?.[1] ?? '';

function textOf(mail: string): string {
  const [, encoding = '', body = ''] =
    /^content-type: text\/plain.*\r?\n(?:[ \t].*\r?\n)*content-transfer-encoding: (\S+)\r?\n(?:\S.*\r?\n)*\r?\n([\s\S]*?)\r?\n--/im.exec(
      mail,
    ) ?? [];
  if (encoding.toLowerCase() === 'base64') return Buffer.from(body, 'base64').toString('utf8');
  if (encoding.toLowerCase() !== 'quoted-printable') return body;
  const bytes = body
    .replace(/=\r?\n/g, '')
    .replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
