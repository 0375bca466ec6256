import { copiesIn } from '../../tools/audit/mail-folder';
import type { FaultStack } from './fault-stack';

/** The tenant's messages, each with the number of its copies in the inbox. */
export async function mailsOf(faults: FaultStack, tenantId: string) {
  const rows = await faults.rows('notifications', 'messages').find({ tenantId }).toArray();
  const copies = await copiesIn(faults.stack.engines.mailFolder);
  return rows.map(({ key, state, template, repeats, messageId }) => ({
    key: String(key),
    state: String(state),
    template: String(template),
    repeats: Number(repeats),
    copies: copies?.get(String(messageId)) ?? 0,
  }));
}
