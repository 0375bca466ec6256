import { Injectable } from '@nestjs/common';
import { addDuration, type Instant, type LocalDate, localDateOf } from '@tollkeeper/calendar';
import { AttemptRepository } from './attempt.repository';
import { scheduleSepaDebit, type SepaRefusal } from '../domain/debits/sepa-debit';
import { routeOf, type KeptToken, type RoutingRule } from '../domain/gateway-routes';
import { mayTryAgain, type RefusedTry, type RetryAnswer } from '../domain/retries/scheme-caps';
import { fingerprintsOf } from '../domain/retries/same-card';
import { type Initiator, mayCharge } from '../domain/retries/retry-rules';
import { PaymentMethodRepository } from '../methods/payment-method.repository';
import type { PayerRow, PaymentMethodRow } from '../methods/payment-method.schema';
import { ProfileRepository } from '../payers/profile.repository';
import { GatewayRoutingRepository } from '../routing/gateway-routing.repository';

/** The longest span over which a card scheme counts. */
const countedOver = { days: -30 };

export interface ChosenPayer {
  settings: PayerRow;
  autoPay: boolean;
  /** At the gateway that is to be asked first. */
  method: PaymentMethodRow;
  /** How often we may still try this card; `null`: without a limit, as whenever the payer asks. */
  triesLeft: number | null;
  /** Why it can't be charged now; `null`: it can. */
  refusedBy: 'lastDecline' | Extract<RetryAnswer, { allowed: false }>['reason'] | SepaRefusal | null;
}

/** Which method of an account is charged, and where: the default one, or the back-up where that one can't be. */
@Injectable()
export class PayerChoice {
  constructor(
    private readonly methods: PaymentMethodRepository,
    private readonly attempts: AttemptRepository,
    private readonly profiles: ProfileRepository,
    private readonly routing: GatewayRoutingRepository,
  ) {}

  async of(
    tenantId: string,
    accountIds: string[],
    initiator: Initiator,
    at: Instant,
  ): Promise<Map<string, ChosenPayer>> {
    const payers = await this.methods.payers(tenantId, accountIds);
    const all = [...payers.values()].flatMap(({ method, backup }) => (backup ? [method, backup] : [method]));
    const answers = await this.retryAnswers(tenantId, all, at);
    const rules = await this.routing.rules(tenantId);
    // Only a rule asks for the currency.
    const routed = rules.length > 0 ? [...payers.keys()] : [];
    const accounts = await this.profiles.accounts(tenantId, routed);
    return new Map(
      [...payers].map(([accountId, { settings, method, backup }]) => {
        const refusal = (each: PaymentMethodRow) =>
          refusedBy(each, initiator, answers.get(each._id), localDateOf(at, 'UTC'));
        const useBackup = backup !== null && refusal(method) !== null && refusal(backup) === null;
        const chosen = useBackup ? backup : method;
        const currency = accounts.get(accountId)?.currency ?? '';
        const [first] = routeOfMethod(rules, chosen, currency);
        const payer = { settings, autoPay: settings.autoPay, refusedBy: refusal(chosen) };
        const answer = answers.get(chosen._id);
        const triesLeft = initiator === 'merchant' && answer?.allowed ? answer.left : null;
        return [accountId, { ...payer, triesLeft, method: { ...chosen, ...first } }];
      }),
    );
  }

  /** By method; counted per card over all its tokens, wallets, invoices, accounts and gateways of this merchant. */
  async retryAnswers(
    tenantId: string,
    methods: readonly PaymentMethodRow[],
    at: Instant,
  ): Promise<Map<string, RetryAnswer>> {
    const fingerprints = [...new Set(methods.flatMap(fingerprintsOf))];
    const tries = await this.attempts.refusedTries(tenantId, fingerprints, addDuration(at, countedOver));
    const byCard = new Map<string, RefusedTry[]>();
    for (const { fingerprint, ...each } of tries)
      byCard.set(fingerprint, [...(byCard.get(fingerprint) ?? []), each]);
    return new Map(
      methods.map((method) => {
        const counted = fingerprintsOf(method).flatMap((each) => byCard.get(each) ?? []);
        return [method._id, mayTryAgain(method.brand, counted, at)];
      }),
    );
  }
}

export function routeOfMethod(
  rules: readonly RoutingRule[],
  { kind = 'card', gateway, token, gatewayCustomerId = null, alsoAt = [] }: PaymentMethodRow,
  currency: string,
): [KeptToken, ...KeptToken[]] {
  const others = alsoAt.map((each) => ({ ...each, gatewayCustomerId: each.gatewayCustomerId ?? null }));
  return routeOf(rules, { kind, currency }, [{ gateway, token, gatewayCustomerId }, ...others]);
}

function refusedBy(
  { lastDecline, mandate, authorisationEndedOn }: PaymentMethodRow,
  initiator: Initiator,
  answer: RetryAnswer | undefined,
  today: LocalDate,
): ChosenPayer['refusedBy'] {
  if (!mayCharge(lastDecline, initiator)) return 'lastDecline';
  if (authorisationEndedOn) return 'mandateCancelled';
  const debit = mandate && scheduleSepaDebit(mandate, { wantedOn: today, today });
  if (debit && 'refused' in debit) return debit.refused;
  if (!answer || answer.allowed) return null;
  // Caps bind the merchant's own tries; a card that the scheme refused for good is no payer's to try either.
  return initiator === 'merchant' || answer.reason === 'finalDecline' ? answer.reason : null;
}
