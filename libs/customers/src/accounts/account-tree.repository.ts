import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import { ServiceDatabase } from '@tollkeeper/platform';
import { mostLevels, type ParentLink } from '../domain/payer-periods';
import { Accounts, type AccountRow } from './account.schema';
import { AccountTrees } from './account-tree.schema';

type Linked = Pick<AccountRow, '_id' | 'parents'>;

const linkFields = { projection: { parents: 1 } };

@Injectable()
export class AccountTreeRepository {
  constructor(private readonly db: ServiceDatabase) {}

  /** In the transaction that changes a tree: a second one starts over after it. */
  async lock(tenantId: string): Promise<void> {
    await this.db
      .tenant(tenantId)
      .collection(AccountTrees)
      .updateOne({ _id: tenantId }, { $inc: { version: 1 } }, { upsert: true });
  }

  /** The accounts' links, and those of everyone above them at any time. */
  async linksAbove(tenantId: string, accountIds: string[]): Promise<Map<string, readonly ParentLink[]>> {
    const links = new Map<string, readonly ParentLink[]>();
    let wanted = [...new Set(accountIds)];
    for (let level = 0; level <= mostLevels && wanted.length > 0; level += 1) {
      const rows = await this.linked(tenantId, { _id: { $in: wanted }, 'parents.0': { $exists: true } });
      keep(links, rows);
      const parents = rows.flatMap((row) => row.parents.map(({ parentAccountId }) => parentAccountId));
      wanted = [...new Set(parents)].filter((parent) => !links.has(parent));
    }
    return links;
  }

  /** Links of everyone who is below the account from then on; stops beyond the levels that a tree may have. */
  async linksBelow(
    tenantId: string,
    accountId: string,
    from: Instant,
  ): Promise<Map<string, readonly ParentLink[]>> {
    const links = new Map<string, readonly ParentLink[]>();
    let parents = [accountId];
    for (let level = 0; level <= mostLevels && parents.length > 0; level += 1) {
      const below = {
        parentAccountId: { $in: parents },
        $or: [{ to: null }, { to: { $gt: from } }],
      };
      const rows = await this.linked(tenantId, {
        'parents.parentAccountId': { $in: parents, $type: 'string' },
        parents: { $elemMatch: below },
      });
      parents = rows.map(({ _id }) => _id).filter((child) => !links.has(child));
      keep(links, rows);
    }
    return links;
  }

  async setLinks(tenantId: string, accountId: string, parents: ParentLink[]): Promise<void> {
    await this.db.tenant(tenantId).collection(Accounts).updateOne({ _id: accountId }, { $set: { parents } });
  }

  private linked(tenantId: string, filter: object): Promise<Linked[]> {
    return this.db.tenant(tenantId).collection(Accounts).find(filter, linkFields);
  }
}

const keep = (links: Map<string, readonly ParentLink[]>, rows: Linked[]): void => {
  for (const { _id, parents } of rows) links.set(_id, parents);
};
