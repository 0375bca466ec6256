import { CreditAccountRepository } from './credit-account.repository';
import { CreditAccounts, CreditSettings } from './credit-account.schema';
import { CreditActivities } from './credit.activities';
import { CreditController } from './credit.controller';
import { CreditControl } from './credit-control.service';
import { CreditDesk } from './credit-desk.service';
import { CreditLimits } from './credit-limits.service';
import { CreditNews } from './credit-news.service';
import { CreditWatch } from './credit-watch.service';
import { DepositDesk } from './deposit-desk.service';
import { DepositRules } from './deposit-rules.service';

/** What the folder of credit adds to the module of customers. */
export const creditCollections = [CreditAccounts, CreditSettings];

export const creditControllers = [CreditController];

export const creditProviders = [
  CreditAccountRepository,
  CreditWatch,
  CreditControl,
  CreditNews,
  CreditLimits,
  CreditDesk,
  DepositRules,
  DepositDesk,
  CreditActivities,
];
