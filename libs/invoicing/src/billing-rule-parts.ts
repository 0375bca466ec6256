import { BillLimitsController } from './limits/bill-limits.controller';
import { BillLimitsRepository } from './limits/bill-limits.repository';
import { LateUsageController } from './late-usage/late-usage.controller';
import { LateUsageRepository } from './late-usage/late-usage.repository';
import { OnDemandBillController } from './on-demand/on-demand-bill.controller';
import { OnDemandBillService } from './on-demand/on-demand-bill.service';

/** What the module takes up for bills that wait, come late or are asked for. */
export const billingRuleControllers = [BillLimitsController, LateUsageController, OnDemandBillController];

export const billingRuleServices = [BillLimitsRepository, LateUsageRepository, OnDemandBillService];
