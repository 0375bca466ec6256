import { AccountDesk } from './accounts-language';
import { Corrections } from './corrections-language';
import { Operator, type Subscriber } from './operator';

/** On Feb 1 a bill of January and February, 25.00 each and 2.9 % tax: 50.00 + 1.45. */
describe('a bill that was wrong', () => {
  let operator: Operator;
  let desk: Corrections;
  let school: Subscriber;
  let owing: Subscriber;

  beforeAll(async () => {
    operator = await Operator.open();
    desk = new Corrections(operator);
    school = await operator.subscriber('smart-5');
    owing = await operator.subscriber('smart-5');
    await operator.until('2026-02-05T15:00:00.000Z');
  });

  it('full credit note and reissue with a certificate that came late: the paid bill pays the new one', async () => {
    const { id } = await desk.finance.bill(school, 0);
    await desk.finance.receives(school, 5145, { invoiceId: id, at: '2026-02-05T15:00:00.000Z' });
    await new AccountDesk(operator).certificate(school, '2027-01-01');
    await operator.settle();
    const { creditNote, invoice, difference } = await desk.reissues(id, ['taxCertificates']);
    expect([creditNote.total.minor, invoice.total.minor, difference.minor]).toEqual([5145, 5000, -145]);
    expect(creditNote.reissuedAs).toBe(invoice.id);
    expect(await operator.api.get(`/v1/invoicing/invoices/${id}`)).toMatchObject({
      state: 'cancelled',
      replacedBy: invoice.id,
    });
    expect(await operator.api.get(`/v1/invoicing/invoices/${invoice.id}`)).toMatchObject({
      state: 'finalized',
      number: 'INV-0000003',
      replaces: id,
      paymentState: 'paid',
      hasPdf: true,
      exemptions: [{ certificateNumber: 'NY-EX-4711' }],
    });
    expect(await desk.finance.balances(school)).toEqual({ customerCredit: -145 });
  });

  it('reissued without a change the same is owed; a bill that was replaced is replaced once', async () => {
    const { id } = await desk.finance.bill(owing, 0);
    const { invoice, difference } = await desk.reissues(id, []);
    expect([invoice.total.minor, difference.minor]).toEqual([5145, 0]);
    expect(await desk.finance.collectable(owing)).toBe(5145);
    await expect(desk.reissues(id, ['customer'])).rejects.toThrow(/notCreditable/);
  });

  it('Mar 1: the next bills go on from the new ones', async () => {
    await operator.until('2026-03-01T20:00:00.000Z');
    const march = [['Smart 5 GB: Smart 5 GB monthly', 2500]];
    expect(await operator.lines(school, 2)).toEqual(march);
    expect(await operator.lines(owing, 2)).toEqual(march);
  });
});

describe('a bill that lacks what the law requires', () => {
  it('a seller in Germany without a VAT number: set aside with the way out, billed when it is given', async () => {
    const operator = await Operator.open({ country: 'DE' });
    const desk = new Corrections(operator);
    const ida = await operator.subscriber('smart-5');
    await operator.until('2026-02-02T15:00:00.000Z');
    expect(await operator.bills(ida)).toMatchObject([{ state: 'void' }]);
    expect(await desk.setAside('2026-02-01')).toEqual([
      expect.stringMatching(
        /VAT number of DE \(Directive 2006\/112\/EC Art. 226\(3\)\): Give taxRegistration/,
      ),
    ]);
    await operator.api.put('/v1/invoicing/seller', {
      ...{ prefix: 'INV-', digits: 7, taxRegistration: 'DE123456789', paymentText: 'by transfer' },
      reason: 'registered',
    });
    await desk.retryFailed('2026-02-01');
    await operator.until('2026-02-02T20:00:00.000Z');
    expect(await operator.bills(ida)).toMatchObject([{ state: 'finalized', number: 'INV-0000001' }]);
  });
});
