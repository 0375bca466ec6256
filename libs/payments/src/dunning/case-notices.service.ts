import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import type { CollectionActivities } from '@tollkeeper/contracts';
import { ServiceDatabase } from '@tollkeeper/platform';
import { CollectionRepository } from './collection.repository';
import { CaseStateService } from './case-state.service';

type Told = Parameters<CollectionActivities['recordNotices']>[0]['notices'];

/** What notifications says of the messages that announce a bar: only what was delivered counts. */
@Injectable()
export class CaseNotices {
  constructor(
    private readonly database: ServiceDatabase,
    private readonly collections: CollectionRepository,
    private readonly cases: CaseStateService,
  ) {}

  async record(tenantId: string, caseId: string, at: Instant, told: Told): Promise<void> {
    const news = new Map(told.map((each) => [each.key, each]));
    await this.database.transaction(async () => {
      const { notices = [] } = await this.cases.caseOf(tenantId, caseId);
      const known = notices.map((notice) => {
        const found = news.get(notice.key);
        if (!found) return notice;
        return { ...notice, state: found.state, deliveredAt: found.deliveredAt, askedAt: at };
      });
      await this.collections.change(tenantId, caseId, { notices: known });
    });
  }
}
