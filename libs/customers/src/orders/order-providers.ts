import { AccountEnding } from './account-ending.service';
import { ActivationSteps } from './activation-steps.service';
import { NetworkSteps } from './network-steps.service';
import { OrderBook } from './order-book.service';
import { OrderChecks } from './order-checks.service';
import { OrderController } from './order.controller';
import { OrderRepository } from './order.repository';
import { Orders } from './order.schema';
import { OrderService } from './order.service';
import { OrderActivities } from './orders.activities';
import { OrderSteering } from './order-steering.service';
import { PlanSteps } from './plan-steps.service';
import { ServiceSteps } from './service-steps.service';
import { StepHandlers } from './step-handlers.service';
import { WithdrawalController } from './withdrawal.controller';
import { WithdrawalPolicies } from './withdrawal-policy.schema';
import { WithdrawalPolicyRepository } from './withdrawal-policy.repository';
import { WithdrawalService } from './withdrawal.service';
import { SubscriptionFactsService } from './subscription-facts.service';

/** What the orders' folder adds to the module of customers. */
export const orderCollections = [Orders, WithdrawalPolicies];

export const orderControllers = [OrderController, WithdrawalController];

export const orderProviders = [
  OrderRepository,
  WithdrawalPolicyRepository,
  WithdrawalService,
  SubscriptionFactsService,
  OrderChecks,
  ActivationSteps,
  NetworkSteps,
  PlanSteps,
  ServiceSteps,
  StepHandlers,
  OrderBook,
  OrderService,
  AccountEnding,
  OrderSteering,
  OrderActivities,
];
