import { Injectable } from '@nestjs/common';
import type { OrderActivities as OrdersContract, OrderFacts } from '@tollkeeper/contracts';
import { ActivationSteps } from './activation-steps.service';
import { OrderBook } from './order-book.service';
import { ServiceSteps } from './service-steps.service';

type InputOf<Name extends keyof OrdersContract> = Parameters<OrdersContract[Name]>[0];

@Injectable()
export class OrderActivities implements OrdersContract {
  constructor(
    private readonly book: OrderBook,
    private readonly activation: ActivationSteps,
    private readonly services: ServiceSteps,
  ) {}

  openOrder(input: InputOf<'openOrder'>): Promise<OrderFacts> {
    return this.book.open(input);
  }

  loadOrder(input: InputOf<'loadOrder'>): Promise<OrderFacts> {
    return this.book.load(input);
  }

  takeOrderStep(input: InputOf<'takeOrderStep'>): Promise<OrderFacts> {
    return this.book.take(input);
  }

  undoOrderStep(input: InputOf<'undoOrderStep'>): Promise<OrderFacts> {
    return this.book.undo(input);
  }

  recordOrderStep(input: InputOf<'recordOrderStep'>): Promise<OrderFacts> {
    return this.book.record(input);
  }

  closeOrder(input: InputOf<'closeOrder'>): Promise<OrderFacts> {
    return this.book.close(input);
  }

  firstChargeOf(input: InputOf<'firstChargeOf'>): ReturnType<OrdersContract['firstChargeOf']> {
    return this.activation.firstChargeOf(input);
  }

  creditToPayOut(input: InputOf<'creditToPayOut'>): ReturnType<OrdersContract['creditToPayOut']> {
    return this.services.creditToPayOut(input);
  }
}
