import type { OfferingSalesFact, WithdrawnVersionFact } from './catalog.contract';
import type { SuspenseMoveFact } from './bank-money.contract';
import type { AccountProfile } from './customers.contract';
import type { MessageRequest } from './notifications.contract';
import type { AccountBalanceFact, RatedUsageFact } from './credit.contract';
import type { PayableFact } from './payments.contract';
import type {
  CycleFact,
  IssuedDocumentFact,
  PaymentFact,
  PaymentReversalFact,
  RefundFact,
} from './invoicing.contract';
import type { UnusedPeriodFact } from './prepaid.contract';
import type { PriceOverride } from './price-overrides';
import type { AccountDiscount } from './promotions';
import type { ServiceName } from './services';
import type { TenantProfile } from './tenants';

/** Facts that an owner tells other services. Each travels in batches, in order, at least once; receivers keep the higher revision. */
export interface Facts {
  tenantChanged: TenantProfile;
  cycleChanged: CycleFact;
  accountChanged: AccountProfile;
  payableChanged: PayableFact;
  paymentChanged: PaymentFact;
  refundMade: RefundFact;
  paymentReversed: PaymentReversalFact;
  suspenseMoved: SuspenseMoveFact;
  periodUnused: UnusedPeriodFact;
  ratedUsageChanged: RatedUsageFact;
  accountBalanceChanged: AccountBalanceFact;
  messageRequested: MessageRequest;
  documentIssued: IssuedDocumentFact;
  offeringSalesChanged: OfferingSalesFact;
  versionWithdrawn: WithdrawnVersionFact;
  priceOverrideChanged: PriceOverride;
  accountDiscountChanged: AccountDiscount;
}

export type FactTopic = keyof Facts;

/** Who hears of what: the only list. The receiver's activity is `receive<Topic>`, see `FactReceiver`. */
export const factReceivers: Record<FactTopic, readonly ServiceName[]> = {
  tenantChanged: ['catalog', 'customers', 'rating', 'invoicing', 'payments', 'notifications'],
  cycleChanged: ['customers'],
  accountChanged: ['rating', 'invoicing', 'payments', 'notifications', 'catalog'],
  payableChanged: ['payments', 'customers'],
  paymentChanged: ['invoicing', 'customers'],
  refundMade: ['invoicing'],
  paymentReversed: ['invoicing', 'customers'],
  suspenseMoved: ['invoicing'],
  periodUnused: ['payments'],
  ratedUsageChanged: ['customers'],
  accountBalanceChanged: ['customers'],
  messageRequested: ['notifications'],
  documentIssued: ['invoicing'],
  offeringSalesChanged: ['customers'],
  versionWithdrawn: ['rating', 'invoicing', 'customers'],
  priceOverrideChanged: ['rating', 'invoicing'],
  accountDiscountChanged: ['invoicing'],
};

export interface FactBatch<Topic extends FactTopic> {
  tenantId: string;
  /** Business time when the facts were written. */
  at: string;
  facts: Facts[Topic][];
}

/** `FactReceiver<'accountChanged'>` = `{ receiveAccountChanged(batch): Promise<void> }` */
export type FactReceiver<Topic extends FactTopic> = {
  [T in Topic as `receive${Capitalize<T>}`]: (batch: FactBatch<T>) => Promise<void>;
};

export const factActivity = (topic: FactTopic): string =>
  `receive${topic[0]?.toUpperCase()}${topic.slice(1)}`;
