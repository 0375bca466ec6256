import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import {
  type AccountFlag,
  collectionIdOf,
  collectionSignals,
  type ControlTag,
  flagAt,
} from '@tollkeeper/contracts';
import { newId, Outbox } from '@tollkeeper/platform';
import { CollectionRepository } from '../dunning/collection.repository';
import { PayableRepository } from '../payables/payable.repository';
import { ProfileRepository } from './profile.repository';
import type { AccountCopyRow } from './profile.schema';

/** What customers tagged accounts with, as far as charging and collecting obey it. */
@Injectable()
export class AccountFlags {
  constructor(
    private readonly outbox: Outbox,
    private readonly profiles: ProfileRepository,
    private readonly payables: PayableRepository,
    private readonly collections: CollectionRepository,
  ) {}

  /** Of these accounts those on which the tag holds at that instant. */
  async holding(
    tenantId: string,
    accountIds: string[],
    tag: ControlTag,
    at: Instant,
  ): Promise<Map<string, AccountFlag>> {
    const flagged = await this.profiles.flags(tenantId, [...new Set(accountIds)]);
    const held = new Map<string, AccountFlag>();
    for (const [accountId, flags] of flagged) {
      const flag = flagAt(flags, tag, at);
      if (flag) held.set(accountId, flag);
    }
    return held;
  }

  /** In the transaction that keeps the copies: who waited for a tag looks again. */
  async changed(
    tenantId: string,
    at: Instant,
    before: ReadonlyMap<string, AccountCopyRow>,
    after: AccountCopyRow[],
  ): Promise<void> {
    const differs = (tag: ControlTag, { _id, flags }: AccountCopyRow) =>
      endOf(flagAt(before.get(_id)?.flags, tag, at)) !== endOf(flagAt(flags, tag, at));
    for (const { _id } of after.filter((copy) => differs('autoPayOff', copy)))
      await this.payables.reconsiderAutoPay(tenantId, _id);
    const held = after.filter((copy) => differs('collectionHold', copy)).map(({ _id }) => _id);
    if (held.length === 0) return;
    for (const { accountId } of await this.collections.openOf(tenantId, held))
      await this.outbox.signal(tenantId, collectionIdOf(tenantId, accountId), collectionSignals.hold, {
        eventId: newId('evt'),
        at,
      });
  }
}

const endOf = (flag: AccountFlag | null): string => (flag ? (flag.to ?? 'open') : 'none');
