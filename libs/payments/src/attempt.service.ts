import { Injectable } from '@nestjs/common';
import { addDuration, type Instant } from '@tollkeeper/calendar';
import { renewalKey } from '@tollkeeper/contracts';
import { newId } from '@tollkeeper/platform';
import { type AttemptRow } from './attempt.schema';
import { groupsOf, mapBounded } from './domain/bounded-calls';
import { Gateways } from './gateway/gateways';
import type { ChargeOutcome } from './gateway/payment-gateway';
import { realNow } from './gateway/real-time';
import { OutcomeService } from './outcome.service';
import { topUpGateway } from './payment.schema';
import { type PaymentMethodRow } from './payment-method.schema';
import { stillAlive } from './still-alive';

const callsAtOnce = 8;
/** Outcomes that one transaction records. */
const groupSize = 32;
/** An intent that nobody has sent or resent for so long was abandoned: the gateway is asked about it. */
const abandonedAfter = { hours: 1 };

type Wanted = Pick<AttemptRow, 'key' | 'reason' | 'purpose' | 'accountId' | 'amountMinor' | 'currency'> &
  Partial<
    Pick<
      AttemptRow,
      'invoiceId' | 'invoiceNumber' | 'caseId' | 'subscriptionId' | 'offeringId' | 'periodFrom' | 'periodTo'
    >
  >;

@Injectable()
export class AttemptService {
  constructor(
    private readonly outcomes: OutcomeService,
    private readonly gateways: Gateways,
  ) {}

  /** The intent, to be stored before it is sent. Without a method it will be declined here. */
  intent(
    wanted: Wanted,
    method: PaymentMethodRow | null,
    at: Instant,
    gateway: string = this.gateways.standard,
  ): AttemptRow {
    const {
      invoiceId = null,
      invoiceNumber = null,
      caseId = null,
      subscriptionId = null,
      offeringId = null,
    } = wanted;
    const {
      periodFrom = null,
      periodTo = null,
      key,
      reason,
      purpose,
      accountId,
      amountMinor,
      currency,
    } = wanted;
    return {
      ...{
        _id: newId('att'),
        paymentId: newId('pay'),
        key,
        reason,
        purpose,
        accountId,
        amountMinor,
        currency,
      },
      ...{ invoiceId, invoiceNumber, caseId, subscriptionId, offeringId, periodFrom, periodTo },
      paysPeriod:
        subscriptionId === null || periodFrom === null ? null : renewalKey(subscriptionId, periodFrom),
      methodId: method?._id ?? null,
      token: method?.token ?? null,
      fingerprint: method?.fingerprint ?? null,
      card: method ? `${method.brand} ending in ${method.last4}` : '',
      gateway: method?.gateway ?? gateway,
      state: 'created',
      ...{
        gatewayId: null,
        networkTransactionId: null,
        declineCode: null,
        category: null,
        actionUrl: null,
        cause: null,
      },
      createdAt: at,
      decidedAt: null,
      lookUps: 0,
      nextLookUpAt: addDuration(at, abandonedAfter),
      sentAt: realNow(),
    };
  }

  /**
   * Sends stored intents and records what became of them, a group at a time. A repeat after a crash sends the same
   * keys again: the gateway replays what it has booked and books the rest.
   */
  async send(tenantId: string, at: Instant, intents: readonly AttemptRow[]): Promise<AttemptRow[]> {
    const decided: AttemptRow[] = [];
    for (const group of groupsOf(intents, groupSize)) {
      const outcomes = await mapBounded(group, callsAtOnce, async (intent) => {
        const outcome = await this.charge(tenantId, intent);
        return [intent._id, outcome] as const;
      });
      decided.push(...(await this.outcomes.record(tenantId, at, new Map(outcomes))));
      stillAlive();
    }
    return decided;
  }

  /** The time is the intent's own: a resend is the same request to the letter. */
  private async charge(tenantId: string, intent: AttemptRow): Promise<ChargeOutcome> {
    const { key, amountMinor, currency, token, createdAt, gateway } = intent;
    if (token === null) {
      const declineCode = gateway === topUpGateway ? 'balance_too_low' : 'no_usable_method';
      return { state: 'declined', declineCode, category: 'actionRequired' };
    }
    return this.gateways.of(gateway).charge({ tenantId, at: createdAt, key, amountMinor, currency, token });
  }
}
