import { Settings } from '@tollkeeper/platform';
import { HttpProvisioning } from './http-provisioning';
import { LeftOpenLines } from './left-open.service';
import { NetworkActivities } from './network.activities';
import { NetworkCaseController } from './network-case.controller';
import { NetworkCaseRepository } from './network-case.repository';
import { NetworkCases } from './network-case.schema';
import { NetworkCaseService } from './network-case.service';
import { NetworkOrderRepository } from './network-order.repository';
import { NetworkOrders as NetworkOrderRows } from './network-order.schema';
import { NetworkOrders } from './network-orders.service';
import { NetworkRepository } from './network.repository';
import { NetworkSettingsController } from './network-settings.controller';
import { NetworkSettingsRepository } from './network-settings.repository';
import { NetworkSettingRows } from './network-settings.schema';
import { NetworkSettingsService } from './network-settings.service';
import { NetworkStates, TakenSteps } from './network.schema';
import { OurSims } from './our-sims.service';
import { provisioningEdge } from './provisioning-network';
import { ProvisioningService } from './provisioning.service';
import { ReconciliationController } from './reconciliation.controller';
import { ReconciliationRepository } from './reconciliation.repository';
import { Reconciliations } from './reconciliation.schema';
import { ReconciliationService } from './reconciliation.service';
import { RestrictionService } from './restriction.service';

/** This folder's part of the customers module. */
export const networkCollections = [
  NetworkStates,
  NetworkOrderRows,
  NetworkCases,
  NetworkSettingRows,
  Reconciliations,
  TakenSteps,
];

export const networkControllers = [
  NetworkSettingsController,
  NetworkCaseController,
  ReconciliationController,
];

export const networkProviders = [
  NetworkRepository,
  NetworkOrderRepository,
  NetworkCaseRepository,
  NetworkSettingsRepository,
  ReconciliationRepository,
  LeftOpenLines,
  NetworkOrders,
  OurSims,
  ProvisioningService,
  ReconciliationService,
  NetworkCaseService,
  NetworkSettingsService,
  RestrictionService,
  NetworkActivities,
  {
    provide: provisioningEdge,
    inject: [Settings],
    useFactory: (settings: Settings) => new HttpProvisioning(settings),
  },
];
