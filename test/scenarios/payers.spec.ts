import { ApiError } from '../../tools/sample/api-client';
import { AccountDesk } from './accounts-language';
import { balancesOf } from './ledger-language';
import { Operator, type Subscriber } from './operator';

interface TaxedBill {
  taxes: { jurisdiction: string; base: { minor: number }; amount: { minor: number } }[];
  exemptions: { certificateNumber: string; jurisdiction: string; base: { minor: number } }[];
}

/** Smart 5 GB costs 25.00 a month in advance; bills are of February 1 (January and February) and March 1. */
describe('who is billed', () => {
  let operator: Operator;
  let desk: AccountDesk;
  let firm: Subscriber;
  let desk1: Subscriber;
  let kim: Subscriber;
  let lou: Subscriber;
  let seller: Subscriber;
  let buyer: Subscriber;
  let school: Subscriber;

  const sums = async (subscriber: Subscriber): Promise<number[]> =>
    (await operator.bills(subscriber)).map(({ lines }) =>
      lines.reduce((sum, { amount }) => sum + amount.minor, 0),
    );
  const creditOf = async (subscriber: Subscriber): Promise<number> =>
    0 - ((await balancesOf(operator, subscriber))['customerCredit'] ?? 0);

  beforeAll(async () => {
    operator = await Operator.open();
    desk = new AccountDesk(operator);
    firm = await operator.subscriber('pay-as-you-go', { card: 'ok' });
    desk1 = await operator.subscriber('smart-5');
    kim = await operator.subscriber('smart-5');
    lou = await operator.subscriber('smart-5');
    seller = await operator.subscriber('smart-5');
    buyer = await operator.subscriber('pay-as-you-go');
    school = await operator.subscriber('smart-5');
    await desk.paidBy(desk1, firm);
    await desk.certificate(school, '2026-02-15');
  });

  it('a circle, and a parent that is not there, are refused by name; nothing is changed', async () => {
    const circle = desk.paidBy(firm, desk1);
    await expect(circle).rejects.toBeInstanceOf(ApiError);
    await expect(circle).rejects.toMatchObject({ status: 422 });
    await expect(desk.paidBy(kim, { ...firm, accountId: 'acc_nobody' })).rejects.toMatchObject({
      status: 422,
    });
    expect(await desk.parties(kim)).toHaveLength(1);
  });

  it('Jan 15: the payer changes mid-period; Jan 20: another subscription is given to another account', async () => {
    await operator.until('2026-01-15T05:00:00.000Z');
    await desk.paidBy(kim, firm);
    await operator.until('2026-01-20T17:00:00.000Z');
    await operator.usage(seller, [
      { at: '2026-01-20T16:59:00Z', seconds: 60, to: '+4420712345' },
      { at: '2026-01-14T15:00:00Z', seconds: 60, to: '+4420712345' },
    ]);
    await operator.usage(kim, [
      { at: '2026-01-15T04:59:00Z', seconds: 60, to: '+4420712345' },
      { at: '2026-01-15T05:00:00Z', seconds: 60, to: '+4420712345' },
    ]);
    await operator.settle();
    await desk.transfer(seller, buyer);
    await operator.usage(seller, [{ at: '2026-01-20T17:01:00Z', seconds: 120, to: '+4420712345' }]);
    await operator.settle();
    expect(await desk.parties(kim)).toEqual([`2026-01-01 ${kim.accountId}`, `2026-01-15 ${firm.accountId}`]);
  });

  it('Feb 1: payer changed mid-period: each is billed for its own days and calls, to the cent', async () => {
    await operator.until('2026-02-01T20:00:00.000Z');
    expect(await operator.lines(kim)).toEqual([
      ['Smart 5 GB: Smart 5 GB monthly', 1129], // 14 of 31 days
      ['Calls to United Kingdom', 14],
    ]);
    expect((await operator.lines(firm)).filter(([, minor]) => ![2500].includes(minor))).toEqual([
      ['Smart 5 GB: Smart 5 GB monthly', 1371], // 17 of 31 days
      ['Calls to United Kingdom', 14],
    ]);
  });

  it('Feb 1: a child is billed on the invoice of its parent, and on none of its own', async () => {
    expect(await operator.bills(desk1)).toEqual([]);
    const february = (await operator.lines(firm)).filter(([, minor]) => minor === 2500);
    expect(february).toHaveLength(3); // January and February of the desk, February of Kim
  });

  it('Feb 1: transfer of ownership mid-month: old days and calls stay with the old account', async () => {
    expect(await operator.lines(seller)).toEqual([
      ['Smart 5 GB: Smart 5 GB monthly', 1532], // 19 of 31 days
      ['Calls to United Kingdom', 28],
    ]);
    expect(await operator.lines(buyer)).toEqual([
      ['Smart 5 GB: Smart 5 GB monthly', 968], // 12 of 31 days
      ['Smart 5 GB: Smart 5 GB monthly', 2500],
      ['Calls to United Kingdom', 26],
    ]);
  });

  it('Feb 1: a tax certificate that ends: January is free and named, February is taxed', async () => {
    const [bill] = await operator.bills(school);
    const { taxes, exemptions } = await operator.api.get<TaxedBill>(
      `/v1/invoicing/invoices/${bill?.id ?? ''}`,
    );
    expect(taxes.map(({ base, amount }) => [base.minor, amount.minor])).toEqual([[2500, 73]]);
    expect(exemptions).toMatchObject([
      { certificateNumber: 'NY-EX-4711', jurisdiction: 'US-NY', base: { minor: 2500 } },
    ]);
  });

  it('Mar 1: payer changed behind a charge in advance: the unused days are given back, the next payer is billed them', async () => {
    await operator.until('2026-02-15T05:00:00.000Z');
    await desk.paidBy(lou, firm);
    const before = (await sums(firm))[0] ?? 0;
    expect(before).toBe(3 * 2500 + 1371 + 14);
    await operator.until('2026-03-01T20:00:00.000Z');
    expect(await sums(lou)).toEqual([5000, -1250]); // 14 of February's 28 days
    expect((await sums(firm))[1]).toBe(3 * 2500 + 1250); // March of three, Lou's 14 days
    expect(await creditOf(lou)).toBe(1250 + 36); // with its tax
  });
});
