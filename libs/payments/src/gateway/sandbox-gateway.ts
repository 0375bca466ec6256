import { instant, type Instant } from '@tollkeeper/calendar';
import type { Settings } from '@tollkeeper/platform';
import type { AttemptDebit } from '../domain/debits/plan-debit';
import { type JsonAnswer, JsonCalls } from './json-calls';
import type {
  CancelOutcome,
  CancelRequest,
  CardDetails,
  ChargeOutcome,
  ChargeRequest,
  Finding,
  PaymentGateway,
  RefundFinding,
  RefundOutcome,
  RefundRequest,
} from './payment-gateway';
import {
  bookedChargeOf,
  bookPage,
  cancelOutcomeOf,
  dueAnswer,
  findingOf,
  outcomeOf,
  refundOutcomeOf,
  refundPage,
  detailsOfCard,
  storedCard,
} from './sandbox-answers';

const answerWithinMs = 1_500;
/** It settles, calls our webhook for each event and only then answers. */
const runDueWithinMs = 20_000;
const chargesPerPage = 1000;

/** Errors of the connection itself: not a byte of the request has left. */
const neverSentCodes = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

const codeOf = (error: unknown): string | null => {
  const { code } = typeof error === 'object' && error !== null ? (error as { code?: unknown }) : {};
  return typeof code === 'string' ? code : null;
};

export const isNeverSent = (error: unknown): boolean => {
  const code = codeOf(error);
  return code !== null && neverSentCodes.has(code);
};

const nameOf = (error: unknown): string => codeOf(error) ?? (error instanceof Error ? error.name : 'failed');

const refundsOf = (chargeId: string): string => `/v1/charges/${encodeURIComponent(chargeId)}/refunds`;

interface Call {
  tenantId: string;
  at?: Instant;
  key?: string;
  body?: object;
  withinMs?: number;
}

const debitOf = ({ representment: _counted, ...debit }: AttemptDebit) => debit;

/** What the standby's books add to a tenant's id: two merchants of one server, whose faults are apart. */
const standbySuffix = '.standby';

/** Which gateway and tenant a merchant of the sandbox server stands for. */
export const merchantOf = (merchant: string): { gateway: SandboxName; tenantId: string } =>
  merchant.endsWith(standbySuffix)
    ? { gateway: 'sandboxStandby', tenantId: merchant.slice(0, -standbySuffix.length) }
    : { gateway: 'sandbox', tenantId: merchant };

type SandboxName = 'sandbox' | 'sandboxStandby';

/** The sandbox gateway over HTTP; see apps/sandbox-gateway for its side. */
export class SandboxGateway implements PaymentGateway {
  readonly booksWithinMs = 3_000;
  readonly keyHoldsMs = Number.POSITIVE_INFINITY;
  readonly keepsMandates = false;
  private readonly calls = new JsonCalls();

  constructor(
    private readonly settings: Settings,
    readonly name: SandboxName = 'sandbox',
  ) {}

  charge(request: ChargeRequest): Promise<ChargeOutcome> {
    const { tenantId, at, key, amountMinor, currency, token, initiator = 'merchant' } = request;
    const original = request.originalNetworkTransactionId;
    const agreed = original ? { originalNetworkTransactionId: original } : {};
    const debit = request.debit ? { debit: debitOf(request.debit) } : {};
    const body = { amountMinor, currency, token, reference: key, initiator, ...agreed, ...debit };
    return this.write('/v1/charges', { tenantId, at, key, body });
  }

  async cancel({ tenantId, at, key }: CancelRequest): Promise<CancelOutcome> {
    try {
      const body = { reference: key };
      const answer = await this.call('POST', '/v1/charges/cancel', { tenantId, at, body });
      return cancelOutcomeOf(answer.status, answer.body);
    } catch (error) {
      return { state: 'unavailable', cause: nameOf(error) };
    }
  }

  async refund(request: RefundRequest): Promise<RefundOutcome> {
    const { tenantId, at, key, gatewayId, amountMinor, reason } = request;
    const body = { amountMinor, reason };
    try {
      const answer = await this.call('POST', refundsOf(gatewayId), { tenantId, at, key, body });
      return refundOutcomeOf(answer.status, answer.body);
    } catch (error) {
      return { state: isNeverSent(error) ? 'unavailable' : 'unknown', cause: nameOf(error) };
    }
  }

  async lookUpRefund(tenantId: string, chargeId: string, key: string): Promise<RefundFinding> {
    try {
      const path = `${refundsOf(chargeId)}?reference=${encodeURIComponent(key)}`;
      const { status, body } = await this.call('GET', path, { tenantId });
      if (status !== 200) return { state: 'unavailable', cause: `status${status}` };
      const [found] = refundPage.parse(body).refunds;
      return found ? { state: 'succeeded', gatewayId: found.id } : { state: 'notFound' };
    } catch (error) {
      return { state: 'unavailable', cause: nameOf(error) };
    }
  }

  async lookUp(tenantId: string, key: string): Promise<Finding> {
    try {
      const { status, body } = await this.call('GET', `/v1/charges?reference=${encodeURIComponent(key)}`, {
        tenantId,
      });
      if (status !== 200) return { state: 'unavailable', cause: `status${status}` };
      const { charges } = bookPage.parse(body);
      const charge = charges.find((each) => each.status === 'succeeded') ?? charges[0];
      return charge ? findingOf(charge) : { state: 'notFound' };
    } catch (error) {
      return { state: 'unavailable', cause: nameOf(error) };
    }
  }

  async listCharges(tenantId: string, startingAfter?: string) {
    const after = startingAfter === undefined ? '' : `&startingAfter=${encodeURIComponent(startingAfter)}`;
    const page = bookPage.parse(await this.read(`/v1/charges?limit=${chargesPerPage}${after}`, { tenantId }));
    return { charges: page.charges.map(bookedChargeOf), hasMore: page.hasMore };
  }

  async describeToken(tenantId: string, token: string): Promise<CardDetails | null> {
    const { status, body } = await this.call('GET', `/v1/tokens/${encodeURIComponent(token)}`, { tenantId });
    if (status === 404) return null;
    if (status !== 200) throw new Error(`the sandbox gateway answered ${status} to a question about a token`);
    return detailsOfCard(storedCard.parse(body));
  }

  /** Its fields give tokens without any. */
  beginSetup(): Promise<null> {
    return Promise.resolve(null);
  }

  finishedSetup(): Promise<null> {
    return Promise.resolve(null);
  }

  async nextDueAt(tenantId: string): Promise<Instant | null> {
    const { nextAt } = dueAnswer.parse(await this.read('/v1/due', { tenantId }));
    return nextAt === null ? null : instant(nextAt);
  }

  async runDue(tenantId: string, at: Instant): Promise<void> {
    const body = { tenant: this.merchant(tenantId), at };
    const { status } = await this.call('POST', '/v1/due/run', { tenantId, body, withinMs: runDueWithinMs });
    if (status !== 200)
      throw new Error(`the sandbox gateway answered ${status} when told to run what is due`);
  }

  private merchant(tenantId: string): string {
    return this.name === 'sandboxStandby' ? `${tenantId}${standbySuffix}` : tenantId;
  }

  private async write(path: string, call: Call): Promise<ChargeOutcome> {
    try {
      const { status, body } = await this.call('POST', path, call);
      return outcomeOf(status, body);
    } catch (error) {
      return isNeverSent(error)
        ? { state: 'gatewayFailure', cause: 'unavailable' }
        : { state: 'unknown', cause: nameOf(error) };
    }
  }

  private async read(path: string, call: Call): Promise<unknown> {
    const { status, body } = await this.call('GET', path, call);
    if (status !== 200) throw new Error(`the sandbox gateway answered ${status} to ${path}`);
    return body;
  }

  private call(
    method: 'GET' | 'POST',
    path: string,
    { tenantId, at, key, body, withinMs = answerWithinMs }: Call,
  ): Promise<JsonAnswer> {
    const { SANDBOX_GATEWAY_URL, SANDBOX_GATEWAY_KEY } = this.settings.values;
    const headers: Record<string, string> = {
      Authorization: `Bearer ${SANDBOX_GATEWAY_KEY}`,
      'X-Tenant': this.merchant(tenantId),
    };
    if (at !== undefined) headers['X-Business-Time'] = at;
    if (key !== undefined) headers['Idempotency-Key'] = key;
    return this.calls.send({ method, url: new URL(path, SANDBOX_GATEWAY_URL), headers, body, withinMs });
  }
}
