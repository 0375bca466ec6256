import { Injectable } from '@nestjs/common';
import type { CreditActivities as Contract } from '@tollkeeper/contracts';
import { OrderBook } from '../orders/order-book.service';
import { CreditControl } from './credit-control.service';
import { CreditWatch } from './credit-watch.service';
import { DepositDesk } from './deposit-desk.service';

type Input<Name extends keyof Contract> = Parameters<Contract[Name]>[0];

@Injectable()
export class CreditActivities implements Contract {
  constructor(
    private readonly control: CreditControl,
    private readonly watch: CreditWatch,
    private readonly desk: DepositDesk,
    private readonly orders: OrderBook,
  ) {}

  receiveRatedUsageChanged(batch: Input<'receiveRatedUsageChanged'>) {
    return this.watch.receiveUsage(batch);
  }

  receiveAccountBalanceChanged(batch: Input<'receiveAccountBalanceChanged'>) {
    return this.watch.receiveBalances(batch);
  }

  workCredit(input: Input<'workCredit'>) {
    return this.control.work(input);
  }

  depositOf({ step, ...ref }: Input<'depositOf'>) {
    return this.orders.takeWhenNothingIsDue(ref, step, (order) =>
      this.desk.dueFor(ref.tenantId, ref.at, order),
    );
  }

  recordDeposit(input: Input<'recordDeposit'>) {
    return this.desk.record(input);
  }

  recordDepositReturn(input: Input<'recordDepositReturn'>) {
    return this.desk.recordReturn(input);
  }
}
