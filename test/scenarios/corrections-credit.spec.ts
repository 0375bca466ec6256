import { Corrections } from './corrections-language';
import { Operator, type Subscriber } from './operator';

/** On Feb 1 a bill of January (line 1) and February (line 2), 25.00 each and 2.9 % tax: 50.00 + 1.45. */
describe('credit notes', () => {
  let operator: Operator;
  let desk: Corrections;
  let [ann, bob, cleo, dora, fay]: Subscriber[] = [];
  const billOf = (who: Subscriber | undefined, billNo = 0) => desk.finance.bill(who as Subscriber, billNo);
  const balances = (who: Subscriber | undefined) => desk.finance.balances(who as Subscriber);
  const pays = (who: Subscriber | undefined, invoiceId: string) =>
    desk.finance.receives(who as Subscriber, 5145, { invoiceId, at: '2026-02-05T15:00:00.000Z' });

  beforeAll(async () => {
    operator = await Operator.open();
    desk = new Corrections(operator);
    ann = await operator.subscriber('smart-5');
    bob = await operator.subscriber('smart-5');
    cleo = await operator.subscriber('smart-5');
    dora = await operator.subscriber('smart-5');
    fay = await operator.subscriber('smart-5');
    await operator.until('2026-02-05T15:00:00.000Z');
  });

  it('partial, before payment: 5.00 of a line and its 0.15 of tax come off what is open', async () => {
    const { id } = await billOf(ann);
    const asked = { kind: 'partial', lines: [{ lineNo: 1, amount: { minor: 500, currency: 'USD' } }] };
    expect(await desk.preview(id, asked)).toMatchObject({ net: { minor: 500 }, tax: { minor: 15 } });
    expect(await desk.notesOf(ann as Subscriber)).toEqual([]);
    const note = await desk.credits(id, { kind: 'partial', lines: [{ lineNo: 1, minor: 500 }] });
    expect(note).toMatchObject({
      number: 'CN-0000001',
      total: { minor: 515 },
      offOpenAmount: { minor: 515 },
      freed: { minor: 0 },
    });
    expect(await billOf(ann)).toMatchObject({ state: 'finalized', open: { minor: 5145 - 515 } });
    expect(await desk.finance.collectable(ann as Subscriber)).toBe(5145 - 515);
    expect((await desk.notesOf(ann as Subscriber))[0]).toMatchObject({ hasPdf: true });
    expect(await operator.messages(ann as Subscriber)).toContain('2026-02-05 creditNote');
  });

  it('never more than is left of the line, also by two people at once', async () => {
    const { id } = await billOf(ann);
    const credits = (minor: number) => desk.credits(id, { kind: 'partial', lines: [{ lineNo: 1, minor }] });
    const asked = await Promise.allSettled([credits(1500), credits(1501)]);
    expect(asked.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await expect(credits(1502)).rejects.toThrow(/line 1 has (500|499) left/);
  });

  it('partial, after payment: what was paid for the line is account credit', async () => {
    const { id } = await billOf(bob);
    await pays(bob, id);
    const note = await desk.credits(id, { kind: 'partial', lines: [{ lineNo: 1 }] });
    expect(note).toMatchObject({ net: { minor: 2500 }, offOpenAmount: { minor: 0 }, freed: note.total });
    expect(await billOf(bob)).toMatchObject({ paymentState: 'paid', open: { minor: 0 } });
    expect(await balances(bob)).toEqual({ customerCredit: -note.total.minor });
  });

  it('full, unpaid: the bill is cancelled, nothing is owed or collected', async () => {
    const { id } = await billOf(cleo);
    const note = await desk.credits(id, { kind: 'full' });
    expect(note).toMatchObject({
      total: { minor: 5145 },
      tax: { minor: 145 },
      offOpenAmount: { minor: 5145 },
    });
    expect(await billOf(cleo)).toMatchObject({ state: 'cancelled', open: { minor: 0 } });
    expect([await balances(cleo), await desk.finance.collectable(cleo as Subscriber)]).toEqual([{}, 0]);
    await expect(desk.credits(id, { kind: 'full' }, { reason: 'once more' })).rejects.toThrow(
      /notCreditable/,
    );
  });

  it('full, paid, and paid out on request', async () => {
    const { id } = await billOf(dora);
    await pays(dora, id);
    expect(await desk.credits(id, { kind: 'full' }, { payOut: true })).toMatchObject({
      freed: { minor: 5145 },
    });
    await operator.until('2026-02-06T15:00:00.000Z');
    expect(await balances(dora)).toEqual({});
  });

  it('ex gratia: 7.00 of goodwill, no tax; it pays a part of the next bill', async () => {
    const { id } = await billOf(fay);
    const tax = await desk.finance.inTheBooks('taxPayable:US-NY');
    const note = await desk.credits(id, { kind: 'exGratia', minor: 700 });
    expect(note).toMatchObject({ kind: 'exGratia', tax: { minor: 0 }, freed: { minor: 700 } });
    expect(await desk.finance.inTheBooks('taxPayable:US-NY')).toBe(tax);
    await operator.until('2026-03-01T20:00:00.000Z');
    expect(await billOf(fay, 1)).toMatchObject({ total: { minor: 2573 }, open: { minor: 2573 - 700 } });
  });

  it('Mar 1: what was cancelled is not billed again', async () => {
    expect(await operator.lines(cleo as Subscriber, 1)).toEqual([['Smart 5 GB: Smart 5 GB monthly', 2500]]);
    expect(await billOf(dora, 1)).toMatchObject({ open: { minor: 2573 } });
  });

  it('with February closed, the books hold nothing of the cancelled bills', async () => {
    await operator.until('2026-03-02T20:00:00.000Z');
    // Five bills of 25.00 for March; February of ann (25.00), bob (25.00) and fay (25.00) is earned.
    expect(await desk.finance.inTheBooks('deferredRevenue')).toBe(-5 * 2500);
  });
});
