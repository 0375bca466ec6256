import type { ApiClient } from '../../tools/sample/api-client';
import type { Elsewhere } from './real-ids';

/** What catalog has besides offerings: a coupon, a discount given by hand, a price agreed with one account. */
export async function laterCatalog(api: ApiClient, accountId: string): Promise<Elsewhere> {
  const discount = {
    discountId: 'spring',
    name: 'Spring',
    value: { off: 'percentage', percent: '10' },
    level: 'bill',
    periods: 1,
  };
  await api.post('/v1/catalog/coupons', { code: 'SPRING-26', discount });
  const given = await api.post<{ id: string }>(`/v1/catalog/accounts/${accountId}/discounts`, {
    discount: { ...discount, discountId: 'sorry', name: 'Sorry' },
    reason: 'a week without service',
  });
  await api.post('/v1/catalog/price-overrides', {
    accountId,
    price: {
      kind: 'usagePrice',
      rule: {
        priceId: 'agreed',
        name: 'Agreed',
        when: {},
        price: { charge: { model: 'flat', amount: '0' } },
      },
    },
    from: '2027-01-01T00:00:00.000Z',
    reason: 'a contract of its own',
  });
  return { '/v1/catalog/account-discounts': [{ accountDiscountId: given.id }] };
}
