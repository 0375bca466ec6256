import { BulkDesk, csvOf, type Line, subscriberLine } from './bulk-language';
import { type Bill, Operator } from './operator';

const numbers = (from: number, count: number): number[] =>
  Array.from({ length: count }, (_, at) => from + at);
const accountOf = (no: number): string => `base-${String(no).padStart(4, '0')}`;

describe('a base of 300 subscribers moves in by a file', () => {
  let operator: Operator;
  let desk: BulkDesk;
  let good: Line[];
  let importId: string;

  beforeAll(async () => {
    operator = await Operator.open();
    desk = new BulkDesk(operator);
    const { cycleId } = operator;
    good = [
      ...numbers(1, 180).map((no) => subscriberLine(no, { offeringId: 'smart-5', cycleId })),
      ...numbers(181, 40).map((no) => subscriberLine(no, { offeringId: 'pay-as-you-go', cycleId })),
      ...numbers(221, 80).map((no) => {
        const isFirst = no % 4 === 1;
        const head = {
          accountExternalId: accountOf(no - ((no - 1) % 4)),
          offeringId: 'family-3',
          pool: 'home',
        };
        return subscriberLine(no, isFirst ? { ...head, cycleId } : head, isFirst);
      }),
    ];
  });

  it('bad lines are rejected alone, each with field and reason', async () => {
    const { cycleId } = operator;
    const bad = [
      subscriberLine(401, { offeringId: 'smart-5', cycleId, email: 'not an address' }),
      subscriberLine(402, { offeringId: 'no-such-plan', cycleId }),
      subscriberLine(403, { offeringId: 'smart-5', cycleId, msisdn: '+15185570001' }),
      subscriberLine(404, { offeringId: 'smart-5', cycleId: '' }),
      subscriberLine(405, { offeringId: 'smart-5', accountExternalId: 'base-0402' }, false),
      subscriberLine(406, { offeringId: 'smart-5', accountExternalId: 'base-0001', city: 'Troy' }, false),
      'a line, with "broken quotes',
    ];
    const sent = await desk.send(
      'newSubscribers',
      csvOf([...good.slice(0, 150), ...bad, ...good.slice(150)]),
    );
    importId = sent.importId;
    expect(sent).toMatchObject({
      state: 'completed',
      counts: { lines: 307, created: 300, changed: 0, unchanged: 0, rejected: 7 },
    });
    expect((await desk.errors(importId)).map((line) => line.split(',').slice(0, 2).join())).toEqual([
      '152,email',
      '153,offeringId',
      '154,msisdn',
      '155,offeringId', // invoiced, and no cycle
      '156,accountExternalId', // its account's own line was rejected
      '157,city', // would be lost: the account has another
      '158,line',
    ]);
  });

  it('the same file is the same import; its lines in another file create nothing again', async () => {
    const { cycleId } = operator;
    const again = csvOf([...good].reverse());
    const mended = csvOf([...good, subscriberLine(402, { offeringId: 'smart-5', cycleId })]);
    expect(await desk.send('newSubscribers', again)).toMatchObject({
      counts: { lines: 300, created: 0, unchanged: 300, rejected: 0 },
    });
    expect(await desk.send('newSubscribers', mended)).toMatchObject({
      counts: { lines: 301, created: 1, unchanged: 300, rejected: 0 },
    });
    const once = await desk.send('newSubscribers', mended);
    expect(once.duplicateOf).toBe(once.importId);
  });

  it('Feb 1: everyone is billed once, a family on one bill', async () => {
    await operator.until('2026-02-01T20:00:00.000Z');
    const bills = await operator.api.all<Bill & { accountId: string }>(
      '/v1/invoicing/invoices',
      ({ id }) => id,
    );
    const totals = new Map<number, number>();
    for (const { total } of bills) totals.set(total.minor, (totals.get(total.minor) ?? 0) + 1);
    expect([...totals].sort(([left], [right]) => left - right)).toEqual([
      [5145, 181], // January and February of Smart 5, tax 2.9 %
      [12348, 20], // a family's pool is charged once
    ]);
    expect(new Set(bills.map(({ accountId }) => accountId)).size).toBe(bills.length);
  });

  it('care finds them by whatever they can name', async () => {
    expect(await desk.found('+1 518-557-0007')).toEqual(['base-0007: msisdn']);
    expect(await desk.found('(518) 557 0007')).toEqual(['base-0007: msisdn']);
    expect(await desk.found('310990000000222')).toEqual(['base-0221: imsi']);
    expect(await desk.found('8901990000000000007')).toEqual(['base-0007: iccid']);
    expect(await desk.found('moved.13@')).toEqual(['base-0013: email']);
    expect(await desk.found('line-0299')).toEqual(['base-0297: subscriptionExternalId']);
    expect((await desk.found('subscriber 24'))[0]).toBe('base-0024: name');
    const accountId = await desk.accountId('base-0013');
    const [bill] = await operator.bills({ accountId, subscriptionId: '', msisdn: '', iccid: '' });
    expect(await desk.found(bill?.number ?? '')).toEqual(['base-0013: invoiceNumber']);
    for (const harmless of ['.*', '$^', '(((', '{"$gt":""}', '%%', 'ÿÿ'])
      expect(await desk.found(harmless)).toEqual([]);
    await expect(desk.search('a\u0000b')).rejects.toThrow('400 badInput');
    await expect(desk.search('a'.repeat(121))).rejects.toThrow('400 badInput');
  });
});

describe('changes by a file', () => {
  let operator: Operator;
  let desk: BulkDesk;

  beforeAll(async () => {
    operator = await Operator.open();
    desk = new BulkDesk(operator);
    const { cycleId } = operator;
    await desk.send(
      'newSubscribers',
      csvOf(numbers(1, 6).map((no) => subscriberLine(no, { offeringId: 'smart-5', cycleId }))),
    );
    await operator.until('2026-01-20T15:00:00.000Z');
  });

  it('e-mail, address, terms and plan change, or the line says why not', async () => {
    const address = {
      addressLine1: '1 Oak Lane',
      city: 'Troy',
      region: 'NY',
      postalCode: '12180',
      country: 'US',
    };
    const february = '2026-02-01T05:00:00.000Z';
    const sent = await desk.send(
      'changes',
      csvOf([
        { accountExternalId: 'base-0001', email: 'New.Address@subscribers.example', termsDays: 30 },
        { accountExternalId: 'base-0002', ...address },
        { accountExternalId: 'base-0003', offeringId: 'pay-as-you-go', from: february },
        { accountExternalId: 'base-0004', email: 'moved.4@subscribers.example' }, // as it is
        { accountExternalId: 'nobody', email: 'a@subscribers.example' },
        { accountExternalId: 'base-0005', city: 'Troy' },
        { accountExternalId: 'base-0005', offeringId: 'pay-as-you-go', from: '2026-01-02T00:00:00.000Z' },
        { accountExternalId: 'base-0005', offeringId: 'prepaid-30', from: february },
        { accountExternalId: 'base-0006', email: 'good@subscribers.example', termsDays: 999 },
        { accountExternalId: 'base-0006' },
      ]),
    );
    expect(sent.counts).toEqual({ lines: 10, created: 0, changed: 3, unchanged: 1, rejected: 6 });
    const errors = (await desk.errors(sent.importId)).map((line) => line.split(',').slice(0, 2).join());
    expect(errors).toEqual([
      '6,accountExternalId',
      '7,addressLine1',
      '7,country',
      '8,from',
      '9,offeringId',
      '10,termsDays',
      '11,line',
    ]);
  });

  it('who changed what of whom is on record, and nothing of a rejected line', async () => {
    const accountId = await desk.accountId('base-0001');
    const account = await operator.api.get<object>(`/v1/customers/accounts/${accountId}`);
    expect(account).toMatchObject({ email: 'new.address@subscribers.example', termsDays: 30 });
    const { data } = await operator.api.get<{ data: { what: string; before: object; after: object }[] }>(
      `/v1/customers/audit-log?entity=${accountId}`,
    );
    expect(data.find(({ what }) => what === 'changeAccount')).toMatchObject({
      before: { termsDays: 14 },
      after: { termsDays: 30 },
    });
    expect(await desk.found('good@subscribers.example')).toEqual([]);
    expect(await desk.found('new.address@')).toEqual(['base-0001: email']);
  });

  it('Feb 1: the old plan is billed until the day on which the new one begins', async () => {
    await operator.until('2026-02-01T20:00:00.000Z');
    const centsOf = async (externalId: string): Promise<number[]> => {
      const accountId = await desk.accountId(externalId);
      const lines = await operator.lines({ accountId, subscriptionId: '', msisdn: '', iccid: '' });
      return lines.map(([, cents]) => cents);
    };
    expect(await centsOf('base-0003')).toEqual([2500]); // January; February is pay as you go
    expect(await centsOf('base-0005')).toEqual([2500, 2500]);
  });
});
