import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import { canonicalJson, type OfferingVersion } from '@tollkeeper/contracts';
import {
  AuditLog,
  BusinessClock,
  conflict,
  isDuplicateKey,
  type Principal,
  refuseFindings,
  ServiceDatabase,
} from '@tollkeeper/platform';
import type { Finding } from '@tollkeeper/tariff';
import { checkCoupon, checkDiscount } from '@tollkeeper/tariff';
import { codeOf, CouponRepository } from './coupon.repository';
import type { CouponRow } from './coupon.schema';
import type { StandingCoupon } from './coupon-terms';

/** Which codes there are, and whose they are: a code is one offering's or stands by itself. */
@Injectable()
export class CouponTable {
  constructor(
    private readonly db: ServiceDatabase,
    private readonly clock: BusinessClock,
    private readonly audit: AuditLog,
    private readonly coupons: CouponRepository,
  ) {}

  /** Part of the transaction that publishes the versions. */
  async claim(tenantId: string, offerings: readonly OfferingVersion[], at: Instant): Promise<void> {
    const wanted = offerings.flatMap((offering, at) =>
      placesOfCodes(offering).map(({ code, field }) => ({
        code,
        field: `offerings.${at}.${field}`,
        offering,
      })),
    );
    if (wanted.length === 0) return;
    const taken = new Map(
      (
        await this.coupons.among(
          tenantId,
          wanted.map(({ code }) => code),
        )
      ).map((row) => [row.code, row]),
    );
    const owners = new Map<string, string>(
      [...taken].map(([code, { offeringId }]) => [code, offeringId ?? '']),
    );
    const findings: Finding[] = [];
    for (const { code, field, offering } of wanted) {
      const owner = owners.get(code) ?? offering.offeringId;
      if (owner !== offering.offeringId)
        findings.push({
          field: offerings.length === 1 ? field.replace('offerings.0.', '') : field,
          reason: `the code is taken by ${owner || 'a coupon that stands by itself'}: choose another`,
        });
      owners.set(code, owner);
    }
    refuseFindings(findings);
    const fresh = [...owners].filter(([code]) => !taken.has(code));
    await this.coupons.insertMany(
      tenantId,
      fresh.map(([code, offeringId]) => couponRow(tenantId, code, at, { offeringId, content: null })),
    );
  }

  async create(principal: Principal, coupon: StandingCoupon): Promise<CouponRow> {
    const { tenantId } = principal;
    const at = await this.clock.now(tenantId);
    refuseFindings([...checkCoupon(coupon.terms), ...checkDiscount(coupon.discount, null).map(inDiscount)]);
    const code = codeOf(coupon.terms.code);
    const row = couponRow(tenantId, code, at, { offeringId: null, content: canonicalJson(coupon) });
    try {
      await this.db.transaction(async () => {
        await this.coupons.insertMany(tenantId, [row]);
        await this.audit.record(principal, { at, what: 'createCoupon', entity: code, after: coupon });
      });
    } catch (error) {
      throw isDuplicateKey(error)
        ? conflict('codeTaken', `There is a coupon ${code} already.`, 'Choose another code.')
        : error;
    }
    return row;
  }

  /** Nobody redeems it any more; who did keeps the discount. */
  async end(principal: Principal, code: string, reason: string): Promise<CouponRow> {
    const { tenantId } = principal;
    const at = await this.clock.now(tenantId);
    return this.db.transaction(async () => {
      const before = await this.coupons.get(tenantId, code);
      const row = await this.coupons.end(tenantId, code, at);
      if (!row) throw conflict('endedAlready', `Coupon ${before.code} was ended at ${before.endedAt}.`);
      const after = { endedAt: at };
      await this.audit.record(principal, { at, what: 'endCoupon', entity: row.code, after, reason });
      return row;
    });
  }
}

const inDiscount = ({ field, reason }: Finding): Finding => ({ field: `discount.${field}`, reason });

function placesOfCodes({ discounts = [] }: OfferingVersion): { code: string; field: string }[] {
  return discounts.flatMap(({ coupons = [] }, at) =>
    coupons.map(({ code }, index) => ({
      code: codeOf(code),
      field: `discounts.${at}.coupons.${index}.code`,
    })),
  );
}

const couponRow = (
  tenantId: string,
  code: string,
  createdAt: Instant,
  owner: Pick<CouponRow, 'offeringId' | 'content'>,
): CouponRow => ({ _id: `${tenantId}/${code}`, code, ...owner, redeemed: 0, endedAt: null, createdAt });
