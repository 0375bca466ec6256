import { badInput, notFound, type Principal } from '@tollkeeper/platform';

/** Subscribers act on their own account; for anyone else's there is, to them, no such account. */
export function accountOf({ kind, accountId: own }: Principal, asked: string | undefined): string {
  if (kind !== 'subscriber') {
    if (asked === undefined) throw badInput('accountId', 'Name the account.');
    return asked;
  }
  if (own === null || (asked !== undefined && asked !== own)) throw notFound('account', asked ?? '');
  return own;
}

/** For lists that staff may see whole. */
export const accountFilter = (principal: Principal, asked: string | undefined): { accountId?: string } =>
  principal.kind === 'subscriber' || asked !== undefined ? { accountId: accountOf(principal, asked) } : {};
