import { DeviceBillingService } from './device-billing.service';
import { DeviceCreditService } from './device-credit.service';
import { DeviceDefaultService } from './device-default.service';
import { DeviceSaleService } from './device-sale.service';
import { DeviceSettlementController } from './device-settlement.controller';
import { DeviceSettlementService } from './device-settlement.service';
import { InstalmentPlanController } from './instalment-plan.controller';
import { InstalmentPlanRepository } from './instalment-plan.repository';

/** What the module takes up for devices on instalments. */
export const deviceControllers = [InstalmentPlanController, DeviceSettlementController];

export const deviceServices = [
  InstalmentPlanRepository,
  DeviceBillingService,
  DeviceSaleService,
  DeviceSettlementService,
  DeviceCreditService,
  DeviceDefaultService,
];
