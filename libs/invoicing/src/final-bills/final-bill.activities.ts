import { Injectable } from '@nestjs/common';
import type { FinalBillActivities as FinalBillContract } from '@tollkeeper/contracts';
import { FinalBillService } from './final-bill.service';

@Injectable()
export class FinalBillActivities implements FinalBillContract {
  constructor(private readonly bills: FinalBillService) {}

  finalBillOf(
    input: Parameters<FinalBillContract['finalBillOf']>[0],
  ): ReturnType<FinalBillContract['finalBillOf']> {
    return this.bills.finalBillOf(input);
  }
}
