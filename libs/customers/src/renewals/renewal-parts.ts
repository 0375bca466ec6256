import { LapseService } from './lapse.service';
import { RenewalPolicyController } from './renewal-policy.controller';
import { RenewalPolicyRepository } from './renewal-policy.repository';
import { RenewalPolicies } from './renewal-policy.schema';
import { RenewalPolicyService } from './renewal-policy.service';
import { RenewalRequestRepository } from './renewal-request.repository';
import { RenewalRequests } from './renewal-request.schema';
import { RenewalRequestService } from './renewal-request.service';
import { RenewalSettings } from './renewal-settings.service';
import { PeriodsTakenBack } from './periods-taken-back.service';
import { RenewalActivities } from './renewal.activities';
import { RenewalController } from './renewal.controller';
import { RenewalService } from './renewal.service';
import { RenewalsInGrace } from './renewals-in-grace.service';
import { UnusedPeriods } from './unused-periods.service';

/** What the module of customers is made of where plans are paid in advance. */
export const renewalCollections = [RenewalPolicies, RenewalRequests];
export const renewalControllers = [RenewalController, RenewalPolicyController];
export const renewalProviders = [
  RenewalPolicyRepository,
  RenewalRequestRepository,
  RenewalService,
  RenewalsInGrace,
  PeriodsTakenBack,
  LapseService,
  RenewalSettings,
  RenewalRequestService,
  RenewalPolicyService,
  UnusedPeriods,
  RenewalActivities,
];
