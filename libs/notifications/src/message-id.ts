import { createHash } from 'node:crypto';

/** The same message keeps its Message-ID, so that a mailbox shows a repeat once. */
export const messageIdOf = (tenantId: string, key: string, supportEmail: string): string => {
  const hash = createHash('sha256')
    .update(JSON.stringify([tenantId, key]))
    .digest('hex')
    .slice(0, 40);
  return `<${hash}@${supportEmail.split('@').at(-1)}>`;
};
