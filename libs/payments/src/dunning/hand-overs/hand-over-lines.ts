import { decimalOf, money } from '@tollkeeper/money';
import { maskCardNumbers } from '@tollkeeper/platform';
import type { AgencyClaim } from '../../domain/dunning/agency-claims';
import type { PayableRow } from '../../payables/payable.schema';
import type { AccountCopyRow } from '../../payers/profile.schema';
import type { CollectionRow } from '../collection.schema';

export const columns = [
  ...['action', 'caseId', 'accountId', 'customerName', 'country', 'invoiceNumber', 'issuedOn', 'dueOn'],
  ...['currency', 'total', 'open', 'handedOverAt', 'disputed'],
];

type Debtors = ReadonlyMap<string, AccountCopyRow>;

/** One invoice that the agency is to collect, or what has changed of it. */
export function claimLine(
  action: 'handOver' | 'changed',
  { _id: caseId, closedAt }: CollectionRow,
  { openMinor, disputedMinor }: AgencyClaim,
  { accountId, invoiceNumber, issuedOn, dueOn, currency, totalMinor }: PayableRow,
  debtors: Debtors,
): Record<string, string> {
  const decimal = (minor: number): string => decimalOf(money(minor, currency));
  return {
    ...{ action, caseId, ...debtorOf(accountId, debtors), invoiceNumber, issuedOn, dueOn, currency },
    ...{ total: decimal(totalMinor), open: decimal(openMinor), disputed: decimal(disputedMinor) },
    handedOverAt: closedAt ?? '',
  };
}

/** A case that is over for the agency. */
export function endLine(
  { _id: caseId, accountId, currency, endedAtAgency, closedAt }: CollectionRow,
  debtors: Debtors,
): Record<string, string> {
  const action = endedAtAgency?.how === 'settled' ? 'settled' : 'recall';
  return { action, caseId, ...debtorOf(accountId, debtors), currency, handedOverAt: closedAt ?? '' };
}

function debtorOf(accountId: string, debtors: Debtors) {
  const { customerName = '', country = '' } = debtors.get(accountId) ?? {};
  return { accountId, customerName: maskCardNumbers(customerName), country };
}
