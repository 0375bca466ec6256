import { BillLimitsController } from './bill-limits.controller';
import { BillLimitsRepository } from './bill-limits.repository';
import { LateUsageController } from './late-usage/late-usage.controller';
import { LateUsageRepository } from './late-usage/late-usage.repository';

/** What the module takes up for bills that wait, come late or are asked for. */
export const billingRuleControllers = [BillLimitsController, LateUsageController];

export const billingRuleServices = [BillLimitsRepository, LateUsageRepository];
