import { Injectable } from '@nestjs/common';
import {
  addDays,
  addDuration,
  atLocalTime,
  type Instant,
  type LocalDate,
  localDateOf,
} from '@tollkeeper/calendar';
import type { ReceivablesRound } from '@tollkeeper/contracts';
import { refusal } from '@tollkeeper/platform';
import { AttemptRepository } from '../attempts/attempt.repository';
import { ChargingService } from '../attempts/charging.service';
import { CollectionService } from '../dunning/collection.service';
import { LookUpService } from '../attempts/look-up.service';
import { Gateways } from '../gateway/gateways';
import { ExpiryReminders } from '../payers/expiry-reminders.service';
import { PayableRepository } from './payable.repository';
import { ProfileRepository } from '../payers/profile.repository';

const dailyAt = '06:00';
/** What a gateway could not do when it was due is tried again after this. */
const overdueAgain = { hours: 1 };

/** The daily work of a tenant, and when it has to look again. */
@Injectable()
export class ReceivablesService {
  constructor(
    private readonly profiles: ProfileRepository,
    private readonly attempts: AttemptRepository,
    private readonly lookUps: LookUpService,
    private readonly payables: PayableRepository,
    private readonly charging: ChargingService,
    private readonly collections: CollectionService,
    private readonly gateways: Gateways,
    private readonly reminders: ExpiryReminders,
  ) {}

  async work(tenantId: string, at: Instant, limit: number): Promise<ReceivablesRound> {
    const { on } = await this.today(tenantId, at);
    const { resolved, more: moreUnknown } = await this.lookUps.resolveUnknown(tenantId, at, limit);
    const { more: moreReminders } = await this.reminders.send(tenantId, on, at);
    const { more: moreDue, ...charged } = await this.charging.chargeDue(tenantId, on, at, limit);
    const {
      opened,
      more: moreOverdue,
      heldUntil,
    } = moreDue
      ? { opened: 0, more: true, heldUntil: null }
      : await this.collections.openCollections(tenantId, on, at, limit);
    const wakeAt = await this.nextWake(tenantId, at, heldUntil);
    return {
      resolved,
      ...charged,
      opened,
      more: moreUnknown || moreReminders || moreDue || moreOverdue,
      wakeAt,
    };
  }

  /** Tags that end are obeyed at that instant, not on the next morning. */
  private async nextWake(tenantId: string, at: Instant, heldUntil: Instant | null): Promise<Instant> {
    const { on, zone } = await this.today(tenantId, at);
    const [lookUpAt, gatewayDueAt] = [
      await this.attempts.earliestLookUpAt(tenantId),
      await this.gateways.nextDueAt(tenantId),
    ];
    const autoPayAt = await this.payables.nextAutoPayAt(tenantId, at);
    const daily = nextDailyWake(on, at, zone);
    const others = [lookUpAt, gatewayDueAt, heldUntil, autoPayAt].flatMap((due) =>
      due === null ? [] : [due > at ? due : addDuration(at, overdueAgain)],
    );
    return [daily, ...others].sort()[0] ?? daily;
  }

  private async today(tenantId: string, at: Instant): Promise<{ on: LocalDate; zone: string }> {
    const tenant = await this.profiles.tenant(tenantId);
    if (!tenant) throw refusal('tenantUnknown', `payments has not heard of tenant ${tenantId} yet`);
    return { on: localDateOf(at, tenant.zone), zone: tenant.zone };
  }
}

export function nextDailyWake(on: LocalDate, at: Instant, zone: string): Instant {
  const today = atLocalTime(on, dailyAt, zone);
  return today > at ? today : atLocalTime(addDays(on, 1), dailyAt, zone);
}
