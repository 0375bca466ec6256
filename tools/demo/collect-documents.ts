import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ApiClient } from '../sample/api-client';

interface Places {
  folder: string;
  mailFolder?: string;
}

/** Puts the tenant's invoices (PDF) and mails (.eml) where a person finds them; answers the folder. */
export async function collectDocuments(api: ApiClient, { folder, mailFolder }: Places): Promise<string> {
  await mkdir(join(folder, 'invoices'), { recursive: true });
  await mkdir(join(folder, 'mails'), { recursive: true });
  const invoices = await api.all<{ id: string; number: string }>('/v1/invoicing/invoices', ({ id }) => id);
  for (const { id, number } of invoices) {
    await writeFile(
      join(folder, 'invoices', `${number}.pdf`),
      await api.download(`/v1/invoicing/invoices/${id}/pdf`),
    );
  }
  if (mailFolder) await copyMails(api, mailFolder, join(folder, 'mails'));
  return folder;
}

/** The inbox may hold other tenants' mails: ours are known by their Message-ID. */
async function copyMails(api: ApiClient, from: string, to: string): Promise<void> {
  const messages = await api.all<{ key: string; messageId: string | null }>(
    '/v1/notifications/messages',
    ({ key }) => key,
  );
  const ours = new Set(messages.flatMap(({ messageId }) => messageId ?? []));
  for (const name of (await readdir(from)).filter((file) => file.endsWith('.eml'))) {
    const head = (await readFile(join(from, name), 'utf8')).slice(0, 4_000);
    const messageId = /^Message-ID:\s*(<[^>]+>)/im.exec(head)?.[1];
    if (messageId && ours.has(messageId)) await copyFile(join(from, name), join(to, name));
  }
}
