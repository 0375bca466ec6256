import { Injectable } from '@nestjs/common';
import { type Instant, localDateOf } from '@tollkeeper/calendar';
import type { MessageLanguage, MessageRequest } from '@tollkeeper/contracts';
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

const barred: Record<UsageBar, Record<MessageLanguage, string>> = {
  barRoamingData: { en: 'data abroad', de: 'Daten im Ausland' },
  barData: { en: 'mobile data', de: 'mobile Daten' },
  barOutgoing: {
    en: 'outgoing calls, messages and data',
    de: 'ausgehende Anrufe, Nachrichten und Daten',
  },
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
    { _id: accountId, currency, customerName, zone }: AccountRow,
    { cause, periodKey, percent }: ToldThreshold,
    { caps, usage }: CapFacts,
  ): Promise<void> {
    const cap = caps.find((each) => each.cause === cause);
    const period = usage.find((each) => each.periodKey === periodKey);
    if (!cap || !period) return;
    const micro = cause === 'roamingCap' ? period.roamingDataMicro : period.ratedMicro;
    const amounts = {
      used: money(microToMinor(micro, currency, 'halfUp'), currency),
      cap: money(cap.limitMinor, currency),
    };
    const details = {
      ...{ cause, periodKey, percent: `${percent}` },
      ...{ used: formatMoney(amounts.used), cap: formatMoney(amounts.cap) },
    };
    await this.timeline.record(tenantId, [{ accountId, at, what: 'capThreshold', details }]);
    const data = { percent: `${percent}`, until: localDateOf(period.toAt, zone) };
    const said = { amounts, ...(cap.bars ? { worded: { barred: barred[cap.bars] } } : {}) };
    const key = `${accountId}/${cause}/${periodKey}/${percent}`;
    const toHolder = percent >= 100 ? templates[cause].reached : templates[cause].near;
    await this.outbox.tell(tenantId, at, 'messageRequested', [
      message({ ...said, key, accountId, template: toHolder, data: { ...data, customerName }, at }),
      {
        ...message({
          ...{ amounts, key: `${key}/operator`, accountId, at },
          ...(percent >= 100 ? said : {}),
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
}: Pick<MessageRequest, 'key' | 'accountId' | 'template' | 'data' | 'amounts' | 'worded'> & {
  at: Instant;
}): MessageRequest => ({
  ...rest,
  channel: 'email',
  attachments: [],
  requestedAt: at,
});
