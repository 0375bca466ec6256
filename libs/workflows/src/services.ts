import { type ActivityInterfaceFor, type ActivityOptions, proxyActivities } from '@temporalio/workflow';
import {
  type BankStatementActivities,
  type BooksActivities,
  type BooksBulkActivities,
  bulkQueueOf,
  type CatalogActivities,
  type CollectionActivities,
  type CollectionLedgerActivities,
  type CreditActivities,
  type CustomersActivities,
  type DeliveryProofActivities,
  type DepositActivities,
  type DepositBulkActivities,
  type DepositLedgerActivities,
  type FinalBillActivities,
  type InvoicingActivities,
  type InvoicingBulkActivities,
  type LedgerActivities,
  type NetworkActivities,
  type NotificationsActivities,
  type NotificationsBulkActivities,
  type OrchestratorActivities,
  orchestratorQueue,
  type OrderActivities,
  type PaymentsActivities,
  type PaymentsBulkActivities,
  queueOf,
  type PrepaidActivities,
  type RatingActivities,
  type RatingBulkActivities,
  type RefundsActivities,
  type RefundsBulkActivities,
  type ReratingActivities,
  type ServiceActivities,
  type ServiceName,
  serviceNames,
  type SessionActivities,
  type SubscriberImportActivities,
  type TopUpActivities,
} from '@tollkeeper/contracts';
import { stir } from './until';

/**
 * Every proxy with its timeouts and retry policy. Activity retry is real time and short-paced; waits of minutes
 * to days are `until`, after the activity returned that something is away.
 */
const short: ActivityOptions = {
  startToCloseTimeout: '30s',
  retry: { initialInterval: '200ms', backoffCoefficient: 2, maximumInterval: '20s' },
};

const bulk: ActivityOptions = {
  startToCloseTimeout: '15m',
  /** How soon the work of a process that was killed is taken up again. */
  heartbeatTimeout: '20s',
  retry: { initialInterval: '500ms', backoffCoefficient: 2, maximumInterval: '30s' },
};

const on = <Activities extends object>(service: ServiceName): ActivityInterfaceFor<Activities> =>
  noting<Activities>(service, { ...short, taskQueue: queueOf(service) });

const inBulkOn = <Activities extends object>(service: ServiceName): ActivityInterfaceFor<Activities> =>
  noting<Activities>(service, { ...bulk, taskQueue: bulkQueueOf(service) });

/** A sandbox's clock asks the services that were worked with, and no others, what still waits there. */
function noting<Activities extends object>(
  service: ServiceName,
  options: ActivityOptions,
): ActivityInterfaceFor<Activities> {
  return new Proxy(proxyActivities<Activities>(options), {
    get: (proxies, name) => {
      const activity = Reflect.get(proxies, name) as (...input: unknown[]) => unknown;
      return (...input: unknown[]) => {
        stir(service);
        return activity(...input);
      };
    },
  });
}

export const catalog = on<CatalogActivities>('catalog');
export const customers = on<CustomersActivities & PrepaidActivities>('customers');
export const customersBulk = inBulkOn<SubscriberImportActivities>('customers');
/** Orders are carried out by customers. */
export const orders = on<OrderActivities>('customers');
/** What a credit class asks for and stops is decided by customers. */
export const credit = on<CreditActivities>('customers');
/** Short steps all the same: a service that is to come back waits for no mass work. */
export const network = on<NetworkActivities>('customers');
export const rating = on<RatingActivities>('rating');
export const ratingBulk = inBulkOn<RatingBulkActivities & ReratingActivities & SessionActivities>('rating');
export const invoicing = on<
  InvoicingActivities &
    LedgerActivities &
    BooksActivities &
    FinalBillActivities &
    DepositLedgerActivities &
    CollectionLedgerActivities
>('invoicing');
export const invoicingBulk = inBulkOn<InvoicingBulkActivities & BooksBulkActivities>('invoicing');
export const payments = on<PaymentsActivities & CollectionActivities & RefundsActivities & DepositActivities>(
  'payments',
);
export const paymentsBulk = inBulkOn<
  PaymentsBulkActivities &
    RefundsBulkActivities &
    TopUpActivities &
    DepositBulkActivities &
    BankStatementActivities
>('payments');
export const notifications = on<NotificationsActivities & DeliveryProofActivities>('notifications');
export const notificationsBulk = inBulkOn<NotificationsBulkActivities>('notifications');

/** Facts and publications reach receivers by the names in contracts, one service at a time. */
export const serviceNamed = <Activities extends object>(
  service: ServiceName,
): ActivityInterfaceFor<Activities> => on<Activities>(service);

/** The clock asks all services; a service that is away for long is reported, not waited for in silence. */
export const everyService = serviceNames.map((name) => ({ name, activities: on<ServiceActivities>(name) }));

export const orchestrator = proxyActivities<OrchestratorActivities>({
  ...short,
  taskQueue: orchestratorQueue,
});
