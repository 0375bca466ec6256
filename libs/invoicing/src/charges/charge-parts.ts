import { BilledAccountService } from './billed-account.service';
import { OneOffChargeController } from './one-off-charge.controller';
import { OneOffChargeRepository } from './one-off-charge.repository';
import { OneOffCharges } from './one-off-charge.schema';
import { OneOffChargeService } from './one-off-charge.service';

/** What the module takes up for charges that people place. */
export const chargeControllers = [OneOffChargeController];

export const chargeCollections = [OneOffCharges];

export const chargeServices = [BilledAccountService, OneOffChargeRepository, OneOffChargeService];
