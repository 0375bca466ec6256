import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import type { MessageRequest } from '@tollkeeper/contracts';
import { formatMoney, microToMinor, money } from '@tollkeeper/money';
import { Outbox } from '@tollkeeper/platform';
import type { AccountRow } from '../accounts/account.schema';
import { TimelineRepository } from '../accounts/timeline.repository';
import type { UsageBar } from '../domain/network-state';
import type { CapBar, CapFacts, ToldThreshold } from '../domain/usage-caps';

const templates = {
  usageCap: { near: 'usageCapNear', reached: 'usageCapReached' },
  roamingCap: { near: 'roamingCapNear', reached: 'roamingCapReached' },
};

const barred: Record<UsageBar, string> = {
  barRoamingData: 'data abroad',
  barData: 'data',
  barOutgoing: 'outgoing calls, messages and data',
};

/** What subscriber and operator hear of caps; each message has the threshold's own key, so it goes once. */
@Injectable()
export class CreditNews {
  constructor(
    private readonly outbox: Outbox,
    private readonly timeline: TimelineRepository,
  ) {}

  async threshold(
    tenantId: string,
    at: Instant,
    { _id: accountId, currency, customerName }: AccountRow,
    { cause, periodKey, percent }: ToldThreshold,
    { caps, usage }: CapFacts,
  ): Promise<void> {
    const cap = caps.find((each) => each.cause === cause);
    const period = usage.find((each) => each.periodKey === periodKey);
    if (!cap || !period) return;
    const micro = cause === 'roamingCap' ? period.roamingDataMicro : period.ratedMicro;
    const used = formatMoney(money(microToMinor(micro, currency, 'halfUp'), currency));
    const limit = formatMoney(money(cap.limitMinor, currency));
    const details = { cause, periodKey, percent: `${percent}`, used, cap: limit };
    await this.timeline.record(tenantId, [{ accountId, at, what: 'capThreshold', details }]);
    const data = {
      ...{ percent: `${percent}`, used, cap: limit, until: period.toAt.slice(0, 10) },
      ...(percent >= 100 && cap.bars ? { barred: barred[cap.bars] } : {}),
    };
    const key = `${accountId}/${cause}/${periodKey}/${percent}`;
    const toHolder = percent >= 100 ? templates[cause].reached : templates[cause].near;
    await this.outbox.tell(tenantId, at, 'messageRequested', [
      message({ key, accountId, template: toHolder, data: { ...data, customerName }, at }),
      {
        ...message({
          ...{ key: `${key}/operator`, accountId, at },
          ...{ template: 'creditNotice', data: { ...data, account: customerName } },
        }),
        audience: 'operator',
      },
    ]);
  }

  async barChanged(
    tenantId: string,
    at: Instant,
    { _id: accountId, customerName }: AccountRow,
    usageBar: UsageBar | null,
    bars: readonly CapBar[],
  ): Promise<void> {
    const causes = bars.map(({ cause, periodKey }) => `${cause} ${periodKey}`).join(', ');
    const what = usageBar ? 'usageBarred' : 'usageBarLifted';
    const details = { causes, ...(usageBar ? { bar: usageBar } : {}) };
    await this.timeline.record(tenantId, [{ accountId, at, what, details }]);
    if (usageBar) return;
    const key = `${accountId}/usageBarLifted/${at}`;
    const lifted = message({ key, accountId, template: 'usageBarLifted', data: { customerName }, at });
    await this.outbox.tell(tenantId, at, 'messageRequested', [lifted]);
  }
}

const message = ({
  at,
  ...rest
}: Pick<MessageRequest, 'key' | 'accountId' | 'template' | 'data'> & { at: Instant }): MessageRequest => ({
  ...rest,
  channel: 'email',
  attachments: [],
  requestedAt: at,
});
