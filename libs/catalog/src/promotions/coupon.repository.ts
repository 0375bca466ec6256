import { Injectable } from '@nestjs/common';
import { type AccountDiscount, canonicalJson } from '@tollkeeper/contracts';
import { notFound, ServiceDatabase } from '@tollkeeper/platform';
import { AccountDiscounts, type CouponRow, Coupons, type GivenDiscount } from './coupon.schema';

export interface CouponPage {
  limit: number;
  startingAfter?: string;
}

export const codeOf = (code: string): string => code.toUpperCase();

@Injectable()
export class CouponRepository {
  constructor(private readonly db: ServiceDatabase) {}

  find(tenantId: string, code: string): Promise<CouponRow | null> {
    return this.coupons(tenantId).findOne({ code: codeOf(code) });
  }

  async get(tenantId: string, code: string): Promise<CouponRow> {
    const row = await this.find(tenantId, code);
    if (!row) throw notFound('coupon', code);
    return row;
  }

  among(tenantId: string, codes: readonly string[]): Promise<CouponRow[]> {
    return this.coupons(tenantId).find({ code: { $in: codes.map(codeOf) } });
  }

  page(tenantId: string, { limit, startingAfter }: CouponPage): Promise<CouponRow[]> {
    const after = startingAfter ? { code: { $gt: codeOf(startingAfter) } } : {};
    return this.coupons(tenantId).find(after, { sort: { code: 1 }, limit });
  }

  insertMany(tenantId: string, rows: CouponRow[]): Promise<void> {
    return this.coupons(tenantId).insertMany(rows);
  }

  /** Null when it has ended already. */
  end(tenantId: string, code: string, at: string): Promise<CouponRow | null> {
    return this.coupons(tenantId).findOneAndUpdate(
      { code: codeOf(code), endedAt: null },
      { $set: { endedAt: at } },
    );
  }

  /** Takes one of what is left; null when nothing is. */
  takeOne(tenantId: string, code: string, most: number | null): Promise<CouponRow | null> {
    const left = most === null ? {} : { redeemed: { $lt: most } };
    return this.coupons(tenantId).findOneAndUpdate(
      { code: codeOf(code), endedAt: null, ...left },
      { $inc: { redeemed: 1 } },
    );
  }

  redeemedBy(tenantId: string, code: string, customerId: string): Promise<number> {
    return this.given(tenantId).count({ code: codeOf(code), customerId });
  }

  give(tenantId: string, { fact, ...row }: GivenDiscount): Promise<void> {
    return this.given(tenantId).insertOne({ ...row, content: canonicalJson(fact) });
  }

  async givenDiscount(tenantId: string, id: string): Promise<GivenDiscount> {
    const [row] = await this.read(tenantId, { _id: id }, 1);
    if (!row) throw notFound('account discount', id);
    return row;
  }

  givenPage(
    tenantId: string,
    accountId: string,
    { limit, startingAfter }: CouponPage,
  ): Promise<GivenDiscount[]> {
    const after = startingAfter ? { _id: { $gt: startingAfter } } : {};
    return this.read(tenantId, { accountId, ...after }, limit);
  }

  /** False when somebody else changed it meanwhile. */
  async changeGiven(tenantId: string, before: GivenDiscount, fact: AccountDiscount): Promise<boolean> {
    const { modifiedCount } = await this.given(tenantId).updateOne(
      { _id: before._id, revision: before.revision },
      { $set: { revision: fact.revision, content: canonicalJson(fact) } },
    );
    return modifiedCount === 1;
  }

  private async read(tenantId: string, filter: object, limit: number): Promise<GivenDiscount[]> {
    const rows = await this.given(tenantId).find(filter, { sort: { _id: 1 }, limit });
    return rows.map(({ content, ...row }) => ({ ...row, fact: JSON.parse(content) as AccountDiscount }));
  }

  private coupons(tenantId: string) {
    return this.db.tenant(tenantId).collection(Coupons);
  }

  private given(tenantId: string) {
    return this.db.tenant(tenantId).collection(AccountDiscounts);
  }
}
