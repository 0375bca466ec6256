import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import type { AccountDiscount, CouponTerms } from '@tollkeeper/contracts';
import {
  AuditLog,
  badInput,
  BusinessClock,
  conflict,
  isDuplicateKey,
  newId,
  Outbox,
  type Page,
  pageOf,
  type Principal,
  refuseFindings,
  ServiceDatabase,
} from '@tollkeeper/platform';
import { checkDiscount } from '@tollkeeper/tariff';
import { AccountRepository } from '../tenants/account.repository';
import type { AccountRow } from '../tenants/account.schema';
import { knownAt } from '../domain/known-offerings';
import { OfferingRepository } from '../offerings/offering.repository';
import { codeOf, type CouponPage, CouponRepository } from './coupon.repository';
import type { GivenDiscount } from './coupon.schema';
import { couponOf, refusalAt, type StandingCoupon } from './coupon-terms';

interface Redemption {
  code: string;
  subscriptionId?: string;
}

interface DiscountByHand {
  discount: AccountDiscount['discount'];
  subscriptionId?: string;
  offeringIds?: string[];
  from?: Instant;
  reason: string;
}

/** Discounts of one account: by a coupon, or given by a person. Invoicing hears of each, and of its end. */
@Injectable()
export class AccountDiscountService {
  constructor(
    private readonly db: ServiceDatabase,
    private readonly clock: BusinessClock,
    private readonly audit: AuditLog,
    private readonly outbox: Outbox,
    private readonly accounts: AccountRepository,
    private readonly offerings: OfferingRepository,
    private readonly coupons: CouponRepository,
  ) {}

  /** The count of the code and the customer's number are taken in one transaction: limits hold to the last one. */
  async redeem(principal: Principal, accountId: string, wanted: Redemption): Promise<GivenDiscount> {
    const { tenantId } = principal;
    const at = await this.clock.now(tenantId);
    const account = await this.accounts.get(tenantId, accountId);
    refuseForeign(account, wanted.subscriptionId);
    const coupon = await this.couponAt(tenantId, wanted.code, at);
    const refusal = refusalAt(coupon.terms, at);
    if (refusal) throw conflict(refusal.code, `${codeOf(wanted.code)}: ${refusal.detail}`);
    try {
      return await this.db.transaction(async () => {
        const no = await this.takeOne(tenantId, account, coupon.terms);
        const { discount, offeringIds } = coupon;
        return this.give(principal, account, { discount, offeringIds, from: at, ...wanted }, { no, at });
      });
    } catch (error) {
      throw isDuplicateKey(error) ? redeemedAlready(coupon.terms) : error;
    }
  }

  async giveByHand(principal: Principal, accountId: string, wanted: DiscountByHand): Promise<GivenDiscount> {
    const { tenantId } = principal;
    const at = await this.clock.now(tenantId);
    const account = await this.accounts.get(tenantId, accountId);
    const { discount, offeringIds = null, from = at } = wanted;
    refuseForeign(account, wanted.subscriptionId);
    refuseFindings(
      checkDiscount(discount, null).map(({ field, reason }) => ({ field: `discount.${field}`, reason })),
    );
    if (from < at)
      throw badInput('from', `must not lie before now (${at})`, 'Give a credit for what is billed.');
    return this.db.transaction(() =>
      this.give(principal, account, { ...wanted, offeringIds, from }, { no: null, at }),
    );
  }

  /** Periods that begin later are not lowered any more. */
  async end(principal: Principal, id: string, reason: string): Promise<GivenDiscount> {
    const { tenantId } = principal;
    const at = await this.clock.now(tenantId);
    return this.db.transaction(async () => {
      const before = await this.coupons.givenDiscount(tenantId, id);
      if (before.fact.to !== null) throw conflict('endedAlready', `The discount ended at ${before.fact.to}.`);
      const to = at < before.fact.from ? before.fact.from : at;
      const fact = { ...before.fact, revision: before.revision + 1, to };
      if (!(await this.coupons.changeGiven(tenantId, before, fact)))
        throw conflict('changedMeanwhile', 'Somebody else just changed this discount.', 'Look at it again.');
      await this.outbox.tell(tenantId, at, 'accountDiscountChanged', [fact]);
      await this.audit.record(principal, {
        at,
        what: 'endAccountDiscount',
        entity: id,
        before: { to: null },
        after: { to },
        reason,
      });
      return { ...before, revision: fact.revision, fact };
    });
  }

  async page(tenantId: string, accountId: string, query: CouponPage): Promise<Page<GivenDiscount>> {
    await this.accounts.get(tenantId, accountId);
    const rows = await this.coupons.givenPage(tenantId, accountId, { ...query, limit: query.limit + 1 });
    return pageOf(rows, query.limit);
  }

  private async couponAt(tenantId: string, code: string, at: Instant): Promise<StandingCoupon> {
    const row = await this.coupons.find(tenantId, code);
    if (!row) throw badInput('code', `There is no coupon ${codeOf(code)}.`, 'Look at how it is written.');
    if (row.endedAt) throw conflict('couponExpired', `${row.code} can no longer be redeemed.`);
    if (row.content !== null) return JSON.parse(row.content) as StandingCoupon;
    const versions = await this.offerings.versionsOf(tenantId, [row.offeringId ?? ''], 'published');
    const version = knownAt(versions, at).get(row.offeringId ?? '');
    const coupon = version && version.validFrom <= at ? couponOf(version.offering, code) : null;
    if (!coupon) throw conflict('couponExpired', `${row.code} is not part of the offer as it is now.`);
    return coupon;
  }

  private async takeOne(tenantId: string, account: AccountRow, terms: CouponTerms): Promise<number> {
    const taken = await this.coupons.takeOne(tenantId, terms.code, terms.maxRedemptions ?? null);
    if (!taken)
      throw conflict(
        'couponUsedUp',
        `All ${terms.maxRedemptions ?? ''} redemptions of ${codeOf(terms.code)} are taken.`,
      );
    const before = await this.coupons.redeemedBy(tenantId, terms.code, account.customerId);
    if (before >= (terms.maxPerCustomer ?? 1)) throw redeemedAlready(terms);
    return before + 1;
  }

  private async give(
    principal: Principal,
    { accountId, customerId }: AccountRow,
    wanted: Pick<AccountDiscount, 'discount' | 'offeringIds' | 'from'> & {
      subscriptionId?: string;
      code?: string;
      reason?: string;
    },
    { no, at }: { no: number | null; at: Instant },
  ): Promise<GivenDiscount> {
    const { tenantId } = principal;
    const code = wanted.code === undefined ? null : codeOf(wanted.code);
    const reason = wanted.reason ?? null;
    const fact: AccountDiscount = {
      accountDiscountId: newId('adc'),
      revision: 1,
      accountId,
      subscriptionId: wanted.subscriptionId ?? null,
      offeringIds: wanted.offeringIds,
      discount: wanted.discount,
      from: wanted.from,
      to: null,
      code,
    };
    const by = `${principal.kind}:${principal.subject}`;
    const row = { _id: fact.accountDiscountId, accountId, customerId, code, no, revision: 1, fact, by, reason, createdAt: at }; // prettier-ignore
    await this.coupons.give(tenantId, row);
    await this.outbox.tell(tenantId, at, 'accountDiscountChanged', [fact]);
    const what = code === null ? 'giveAccountDiscount' : 'redeemCoupon';
    await this.audit.record(principal, { at, what, entity: row._id, after: fact, reason });
    return row;
  }
}

function refuseForeign({ accountId, subscriptionIds }: AccountRow, subscriptionId: string | undefined): void {
  if (subscriptionId !== undefined && !subscriptionIds.includes(subscriptionId))
    throw badInput('subscriptionId', `Account ${accountId} pays for no subscription ${subscriptionId}.`);
}

const redeemedAlready = ({ code, maxPerCustomer = 1 }: CouponTerms) =>
  conflict(
    'couponRedeemedAlready',
    `The customer has redeemed ${codeOf(code)} ${maxPerCustomer === 1 ? 'before' : `${maxPerCustomer} times`}: that is all that its terms allow.`,
  );
