import { Injectable } from '@nestjs/common';
import { ServiceDatabase } from '@tollkeeper/platform';
import { type AccountRow, Accounts } from '../accounts/account.schema';
import { InvoiceNumbers, type InvoiceNumberRow } from '../copies/invoice-number.schema';
import { Assignments, type AssignmentRow } from '../identifiers/assignment.schema';
import { type SubscriptionRow, Subscriptions } from '../subscriptions/subscription.schema';

export type FoundAccount = Pick<AccountRow, '_id' | 'externalId' | 'customerName' | 'email' | 'restriction'>;

const accountColumns = { externalId: 1, customerName: 1, email: 1, restriction: 1 } as const;

/** A range of the index, whatever characters the text has; nothing typed becomes an expression. */
const beginningWith = (text: string) => ({ $gte: text, $lt: `${text}\u{10ffff}` });

/** Each question is a range of one index and stops at `limit` rows, so that its time does not grow with the tenant. */
@Injectable()
export class SearchRepository {
  constructor(private readonly db: ServiceDatabase) {}

  accountsByName(tenantId: string, name: string, limit: number): Promise<FoundAccount[]> {
    return this.accounts(tenantId).find(
      // Of one reading: without that, one of them may satisfy the one end of the range and another the other.
      { nameWords: { $elemMatch: beginningWith(name) } },
      { limit, projection: accountColumns },
    );
  }

  accountsByEmail(tenantId: string, email: string, limit: number): Promise<FoundAccount[]> {
    return this.accounts(tenantId).find(
      { email: beginningWith(email) },
      { limit, projection: accountColumns },
    );
  }

  accountsByExternalId(tenantId: string, reference: string, limit: number): Promise<FoundAccount[]> {
    return this.accounts(tenantId).find(
      { externalId: beginningWith(reference) },
      { limit, projection: accountColumns },
    );
  }

  accountsById(tenantId: string, accountIds: string[]): Promise<FoundAccount[]> {
    return this.accounts(tenantId).find({ _id: { $in: accountIds } }, { projection: accountColumns });
  }

  subscriptionsByExternalId(
    tenantId: string,
    reference: string,
    limit: number,
  ): Promise<Pick<SubscriptionRow, 'accountId' | 'externalId'>[]> {
    // Only with its type named does the partial index serve.
    const externalId = { $type: 'string', ...beginningWith(reference) };
    return this.db
      .tenant(tenantId)
      .collection(Subscriptions)
      .find({ externalId }, { limit, projection: { accountId: 1, externalId: 1 } });
  }

  assignments(tenantId: string, digits: string, limit: number): Promise<AssignmentRow[]> {
    return this.db
      .tenant(tenantId)
      .collection(Assignments)
      .find({ value: beginningWith(digits) }, { limit });
  }

  invoices(tenantId: string, number: string, limit: number): Promise<InvoiceNumberRow[]> {
    return this.db
      .tenant(tenantId)
      .collection(InvoiceNumbers)
      .find({ number: beginningWith(number) }, { limit });
  }

  private accounts(tenantId: string) {
    return this.db.tenant(tenantId).collection(Accounts);
  }
}
