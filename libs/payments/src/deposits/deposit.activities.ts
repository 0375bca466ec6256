import { Injectable } from '@nestjs/common';
import type { DepositActivities as Contract, DepositBulkActivities } from '@tollkeeper/contracts';
import { DepositCharging } from './deposit-charging.service';

@Injectable()
export class DepositActivities implements Contract, DepositBulkActivities {
  constructor(private readonly deposits: DepositCharging) {}

  chargeDeposit(input: Parameters<DepositBulkActivities['chargeDeposit']>[0]) {
    return this.deposits.charge(input);
  }

  lateSince(input: Parameters<Contract['lateSince']>[0]) {
    return this.deposits.lateSince(input);
  }

  refundDeposit(input: Parameters<Contract['refundDeposit']>[0]) {
    return this.deposits.refund(input);
  }
}
