import { LinkCharging } from './link-charging.service';
import { LinkWithdrawalRepository } from './link-withdrawal.repository';
import { LinkWithdrawals } from './link-withdrawal.schema';
import { LinkWithdrawal } from './link-withdrawal.service';
import { PayLinkController } from './pay-link.controller';
import { PayLinkGuard } from './pay-link-guard';
import { PayLinkRepository } from './pay-link.repository';
import { PayLinks } from './pay-link.schema';
import { PayLinkService } from './pay-link.service';

/** What the module is made of here. */
export const payLinkCollections = [PayLinks, LinkWithdrawals];
export const payLinkControllers = [PayLinkController];
export const payLinkProviders = [
  PayLinkRepository,
  PayLinkService,
  PayLinkGuard,
  LinkCharging,
  LinkWithdrawal,
  LinkWithdrawalRepository,
];
