import { badInput, notFound } from '@tollkeeper/platform';
import type { ProfileRepository } from './payers/profile.repository';
import type { AccountCopyRow } from './payers/profile.schema';

/** The account that money is for; refused when there is none, or when the money is of another currency. */
export async function billedAccount(
  profiles: ProfileRepository,
  tenantId: string,
  accountId: string,
  currency: string | null,
): Promise<AccountCopyRow> {
  const account = await profiles.account(tenantId, accountId);
  if (!account) throw notFound('account', accountId);
  if (currency !== null && currency !== account.currency)
    throw badInput('amount.currency', `The account is billed in ${account.currency}.`);
  return account;
}
