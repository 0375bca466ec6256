import { Injectable } from '@nestjs/common';
import type { LocalDate } from '@tollkeeper/calendar';
import type { AccountProfile } from '@tollkeeper/contracts';
import { badInput, notFound } from '@tollkeeper/platform';
import { rulesFor } from '@tollkeeper/tax';
import { CopyRepository } from '../copies/copy.repository';
import { placesOf, unruledAt } from '../domain/tax-place';
import { TaxPlaceService } from '../taxes/tax-place.service';
import { TaxRateRepository } from '../taxes/tax-rate.repository';

interface Wanted {
  accountId: string;
  subscriptionId: string | null;
  amount: { currency: string } | null;
}

/** What has to be right before something is placed on an account's bills. */
@Injectable()
export class BilledAccountService {
  constructor(
    private readonly copies: CopyRepository,
    private readonly taxes: TaxRateRepository,
    private readonly taxPlaces: TaxPlaceService,
  ) {}

  /** Refused where nothing would bill it, or not in its currency. */
  async account(tenantId: string, { accountId, subscriptionId, amount }: Wanted): Promise<AccountProfile> {
    const [copy] = await this.copies.accountsByIds(tenantId, [accountId]);
    if (!copy) throw notFound('account', accountId);
    const { profile } = copy;
    if (profile.cycleId === null)
      throw badInput(
        'accountId',
        'The account has no billing cycle: nothing bills it.',
        'Give it a cycle first.',
      );
    if (
      subscriptionId !== null &&
      !profile.subscriptions.some((each) => each.subscriptionId === subscriptionId)
    )
      throw badInput(
        'subscriptionId',
        `Account ${accountId} does not pay for it.`,
        'Name a subscription that the account pays for, or leave it out.',
      );
    if (amount && amount.currency !== profile.currency)
      throw badInput(
        'amount.currency',
        `The account is billed in ${profile.currency}.`,
        `Give the amount in ${profile.currency}.`,
      );
    return profile;
  }

  /** A charge that no tax row speaks of would set the whole account aside when it is billed. */
  async refuseUntaxed(
    tenantId: string,
    profile: AccountProfile,
    taxCode: string,
    on: LocalDate,
    field = 'taxCode',
  ): Promise<void> {
    const place = (await this.taxPlaces.placesOf(tenantId, [{ profile }], on)).get(profile.accountId) ?? null;
    if (unruledAt(place)) return;
    const places = placesOf(profile.address, place);
    const input = { currency: profile.currency, triggers: ['bill' as const], billDate: on, charges: [] };
    const asked = { ...input, jurisdictions: places, segment: place?.customer ?? ('consumer' as const) };
    if (rulesFor(await this.taxes.all(tenantId), [taxCode], places, asked, () => on).length > 0) return;
    throw badInput(
      field,
      `The tax table has no row for ${taxCode} in ${places.join(' or ')} on ${on}.`,
      'PUT /v1/invoicing/tax-rates adds one; "percent": "0" says untaxed.',
    );
  }
}
