import { CollectionDesk } from './collections-language';
import { Finance } from './ledger-language';
import { Operator } from './operator';

const message = (template: string) => ({ kind: 'sendMessage', template });
const bar = (state: string) => ({ kind: 'restrict', state });
const level = (daysOverdue: number, ...actions: object[]) => ({
  levelId: `d${daysOverdue}`,
  daysOverdue,
  actions,
});
const statutory = { kind: 'interest', rate: 'statutory', lumpSum: 'statutory' };

const reminders = [level(1, message('reminder1')), level(3, message('finalNotice'))];
const bars = [level(6, bar('barOutgoing'), message('serviceBarred')), level(9, bar('suspended'))];
const consumer = [...reminders, ...bars, level(30, { kind: 'handOver' })];

const interest = level(3, { kind: 'lateFee', fee: statutory });
const ladders: Record<string, object[]> = {
  business: [
    level(1, message('reminder1')),
    interest,
    level(10, message('finalNotice')),
    level(14, bar('barOutgoing')),
  ],
  interest: [level(1, message('reminder1')), interest],
  vip: [
    level(5, message('reminder1')),
    level(15, message('reminder2')),
    level(25, { kind: 'handOver', acceleratesDevicePlans: true }),
  ],
  iot: [
    level(2, message('reminder1')),
    level(5, bar('throttled')),
    level(20, bar('barOutgoing')),
    level(25, { kind: 'terminate' }),
    level(26, { kind: 'writeOff' }),
  ],
  long: [level(1, message('reminder1')), level(33, message('reminder2'))],
  lost: [level(4, { kind: 'writeOff' })],
  mute: [level(1, message('reminder1')), level(6, bar('barOutgoing'))],
  retry: [level(1, { kind: 'retryPayment' }, message('reminder1')), ...bars],
};

/**
 * Bills of January 4 are due on Sunday, January 18; cases open on the 19th at 06:00, steps are taken at 09:00.
 * Switzerland (CH) has no law of bars here, Germany (DE) has: 100.00 owed, a notice two weeks before, calls in a week later.
 */
describe('collections', () => {
  let operator: Operator;
  let desk: CollectionDesk;
  let finance: Finance;

  beforeAll(async () => {
    operator = await Operator.open({
      home: { country: 'DE', currency: 'EUR', zone: 'Europe/Berlin' },
      zone: 'Europe/Berlin',
      anchorDay: 4,
    });
    desk = new CollectionDesk(operator);
    finance = new Finance(operator);
    await desk.policy('default', consumer, { promises: { maxDays: 14, maxPerCase: 1, graceDays: 0 } });
    for (const [name, levels] of Object.entries(ladders)) await desk.policy(name, levels);
    await desk.policy('workdays', consumer, { forbidden: { weekdays: [6, 7], holidays: true } });
    await desk.policy('patient', consumer, { minimumByCurrency: { EUR: 15_000 } });
    await desk.open({
      consumer: {},
      business: { owes: 200_000, country: 'DE', segment: 'business', kind: 'organisation' },
      french: { owes: 200_000, country: 'FR', segment: 'business', kind: 'organisation' },
      person: { owes: 200_000, country: 'DE', segment: 'interest' },
      iot: { owes: 150, segment: 'iot', kind: 'organisation' },
      vip: { segment: 'vip' },
      little: { monthly: true, segment: 'patient' },
      holiday: { country: 'US', segment: 'workdays' },
      honolulu: { zone: 'Pacific/Honolulu' },
      promiseKept: {},
      promiseBroken: {},
      planKept: {},
      planDefaulted: {},
      hardship: {},
      legal: {},
      disputed: {},
      charged: { segment: 'retry', card: 'soft-pending' },
      between: {},
      joined: { monthly: true, segment: 'long' },
      german: { owes: 15_000, country: 'DE', language: 'de' },
      littleGerman: { country: 'DE' },
      mute: { owes: 15_000, country: 'DE', segment: 'mute' },
      agency: {},
      afterAgency: {},
      lost: { segment: 'lost' },
      tooMuch: {},
      atTheRun: {},
    });
  });

  it('a ladder is shown before it begins: what, when and why', async () => {
    await operator.until('2026-01-05T12:00:00.000Z');
    const { accountId } = desk.of('holiday');
    const { steps } = await operator.api.get<{ steps: { on: string; why: string }[] }>(
      `/v1/payments/dunning-preview?accountId=${accountId}`,
    );
    expect(steps.map(({ on }) => on)).toEqual([
      '2026-01-20',
      '2026-01-22',
      '2026-01-26',
      '2026-01-29',
      '2026-02-19',
    ]);
    expect(steps[0]?.why).toMatch(/2026-01-19 is a public holiday in US/);
  });

  describe('Jan 19, a day late', () => {
    beforeAll(() => operator.until('2026-01-19T12:00:00.000Z'));

    it('everybody who owes enough is reminded once, by the ladder of their segment', async () => {
      for (const name of ['consumer', 'business', 'german', 'joined'])
        expect(await desk.steps(name)).toEqual(['01-19 reminder1']);
      expect(await desk.steps('iot')).toEqual([]);
    });

    it('minimum debt: 120.00 of 150.00 opens no case', async () => {
      expect(await desk.casesOf('little')).toEqual([]);
    });

    it("account's zone: it is night in Honolulu", async () => {
      expect(await desk.steps('honolulu')).toEqual([]);
      expect(await desk.next('honolulu')).toBe(
        'review 01-19T19:00Z: 2026-01-18 is not over in Pacific/Honolulu',
      );
    });

    it('agreements are taken; a second promise, and a plan that does not add up, are refused', async () => {
      await desk.promises('promiseBroken', 6_000, '2026-01-23T15:00:00.000Z');
      await expect(desk.promises('promiseBroken', 6_000, '2026-01-24T15:00:00.000Z')).rejects.toThrow(
        /promiseRefused/,
      );
      await desk.promises('promiseKept', 6_000, '2026-01-23T15:00:00.000Z');
      await expect(desk.plans('planKept', [['2026-01-23', 5_000]])).rejects.toThrow(/badInput/);
      for (const name of ['planKept', 'planDefaulted'])
        await desk.plans(name, [
          ['2026-01-21', 2_500],
          ['2026-01-25', 3_500],
        ]);
      await desk.tells('hardship', 'hold', { until: '2026-02-02T15:00:00.000Z', kind: 'hardship' });
      await desk.tells('legal', 'hold', { kind: 'legal' });
      await desk.disputes('disputed', 2_000);
      await expect(desk.disputes('disputed', 999_999)).rejects.toThrow(/badInput/);
    });

    it('paid at the bank while the card is being charged again; more than is owed', async () => {
      await desk.pays('charged', 6_000);
      await desk.pays('tooMuch', 10_000);
      await operator.settle();
      expect(await desk.caseOf('tooMuch')).toMatchObject({ state: 'closed', outcome: 'cured' });
      expect(await finance.balances(desk.of('tooMuch'))).toEqual({ customerCredit: -4_000 });
    });
  });

  describe('Jan 21, three days late', () => {
    beforeAll(async () => {
      await operator.until('2026-01-21T12:00:00.000Z');
      for (const name of ['planKept', 'planDefaulted']) await desk.pays(name, 2_500);
      await desk.pays('promiseKept', 6_000);
      await operator.settle();
    });

    const feesOf = async (name: string) =>
      (await desk.caseOf(name)).fees.map(({ what, amount, posted }) => [what, amount.minor, posted]);

    it('late payment of a business: 40.00 and 9 points in Germany, 10 points in France', async () => {
      expect(await feesOf('business')).toEqual([
        ['interest', 113, true], // 2,000.00 x 10.27 % x 2 / 365
        ['lumpSum', 4_000, true],
      ]);
      expect(await feesOf('french')).toEqual([
        ['interest', 133, true], // 2,000.00 x 12.15 % x 2 / 365
        ['lumpSum', 4_000, true],
      ]);
      expect(await desk.owed('business')).toEqual([204_113]);
    });

    it('late payment of a person: 5 points in Germany, and no lump sum', async () => {
      expect(await feesOf('person')).toEqual([['interest', 69, true]]); // 2,000.00 x 6.27 % x 2 / 365
    });

    it('promise kept: the case is closed, the service was never touched', async () => {
      expect(await desk.caseOf('promiseKept')).toMatchObject({
        outcome: 'cured',
        promises: [{ state: 'kept' }],
      });
    });

    it('plan kept so far: it says when the next instalment is due, and nothing else happens', async () => {
      expect((await desk.caseOf('planKept')).progress).toMatchObject({
        status: 'plan',
        next: { why: 'instalment 2 of €35.00 is due on 2026-01-25' },
      });
      expect(await desk.steps('planKept')).toEqual(['01-19 reminder1']);
    });
  });

  describe('Jan 24, six days late', () => {
    beforeAll(() => operator.until('2026-01-24T12:00:00.000Z'));

    it('consumer: outgoing calls are barred, and the customer is told', async () => {
      expect(await desk.steps('consumer')).toEqual([
        '01-19 reminder1',
        '01-21 finalNotice',
        '01-24 barOutgoing',
        '01-24 serviceBarred',
      ]);
      expect(await desk.sim('consumer')).toBe('barOutgoing');
    });

    it('IoT: data is throttled; VIP: reminded for the first time', async () => {
      expect(await desk.sim('iot')).toBe('throttled');
      expect(await desk.steps('vip')).toEqual(['01-23 reminder1']);
    });

    it('promise broken: the ladder goes on from where it was', async () => {
      expect((await desk.caseOf('promiseBroken')).promises).toMatchObject([{ state: 'broken' }]);
      expect(await desk.steps('promiseBroken')).toEqual(['01-19 reminder1', '01-23 finalNotice']);
    });

    it('written off: bad debt in the books; paid after all it is recovered', async () => {
      expect(await desk.caseOf('lost')).toMatchObject({ outcome: 'writtenOff' });
      expect(await finance.inTheBooks('badDebt')).toBe(6_000);
      await desk.pays('lost', 6_000, 'named');
      await operator.settle();
      expect(await finance.inTheBooks('badDebt')).toBe(0);
    });

    it('dispute: the rest is chased; paid, only what is disputed is left, and the SIM is free', async () => {
      expect(await desk.sim('disputed')).toBe('barOutgoing');
      await desk.pays('disputed', 4_000);
      await operator.settle();
      expect(await desk.sim('disputed')).toBe('active');
      const { state, disputes } = await desk.caseOf('disputed');
      expect(state).toBe('open');
      await desk.tells('disputed', `disputes/${disputes[0]?.disputeId}/close`, { outcome: 'rejected' });
      await operator.settle();
      expect(await desk.sim('disputed')).toBe('barOutgoing');
    });

    it('paid between bar and suspension: the SIM is free within seconds', async () => {
      expect(await desk.sim('between')).toBe('barOutgoing');
      const before = Date.now();
      await desk.pays('between', 6_000);
      await operator.settle();
      expect(await desk.sim('between')).toBe('active');
      expect(Date.now() - before).toBeLessThan(10_000);
      expect(await desk.caseOf('between')).toMatchObject({ state: 'closed', outcome: 'cured' });
    });

    it('plan kept: the case closes with the last instalment', async () => {
      await desk.pays('planKept', 3_500);
      await operator.settle();
      expect(await desk.caseOf('planKept')).toMatchObject({ outcome: 'cured', plan: { state: 'kept' } });
    });

    it('Germany: no bar below 100.00, none before two weeks of a notice, none without one', async () => {
      expect(await desk.next('littleGerman')).toBe('d30 02-17T08:00Z: 30 days after 2026-01-18');
      expect((await desk.putOff('littleGerman'))[0]).toMatch(/^d6: €60.00 of €100.00 undisputed \(TKG § 61/);
      expect(await desk.next('german')).toMatch(/^d6 02-04T08:00Z: not before 2026-02-04 \(TKG § 61/);
      expect(await desk.next('mute')).toMatch(/^d6 undefinedZ: nothing that was sent announces it \(TKG/);
    });
  });

  describe('Jan 27, nine days late', () => {
    beforeAll(() => operator.until('2026-01-27T12:00:00.000Z'));

    it('consumer: suspended three days after the bar', async () => {
      expect((await desk.steps('consumer')).at(-1)).toBe('01-27 suspended');
      expect(await desk.sim('consumer')).toBe('suspended');
    });

    it('holiday and weekend: Monday the 19th and Sunday the 25th are left out, the distance stays', async () => {
      expect(await desk.steps('holiday')).toEqual([
        '01-20 reminder1',
        '01-22 finalNotice',
        '01-26 barOutgoing',
        '01-26 serviceBarred',
      ]);
      expect(await desk.next('holiday')).toBe(
        'd9 01-29T08:00Z: 9 days after 2026-01-18, put off by 2 days: the step before it came later',
      );
    });

    it('plan defaulted: the ladder goes on from where it was', async () => {
      expect(await desk.caseOf('planDefaulted')).toMatchObject({ plan: { state: 'defaulted' } });
      expect(await desk.steps('planDefaulted')).toEqual(['01-19 reminder1', '01-26 finalNotice']);
    });

    it('paid while the card was being charged: nothing else was asked, charged or barred, what came twice is credit', async () => {
      expect(await desk.caseOf('charged')).toMatchObject({ state: 'closed', outcome: 'cured' });
      expect(await desk.steps('charged')).toEqual(['01-19 retryPayment: pending']);
      expect(await finance.balances(desk.of('charged'))).toEqual({ customerCredit: -6_000 });
    });

    it('hardship and legal hold: nothing happens, and it says so', async () => {
      for (const name of ['hardship', 'legal']) expect(await desk.steps(name)).toEqual(['01-19 reminder1']);
      expect(await desk.next('hardship')).toBe('review 02-02T15:00Z: on hold: the diary says so');
      await desk.tells('legal', 'release');
    });
  });

  describe('Feb 4, the next bills', () => {
    it('a SIM is restored within seconds while a bill-run is on', async () => {
      await operator.until('2026-02-04T04:59:00.000Z');
      expect(await desk.sim('atTheRun')).toBe('suspended');
      const run = operator.until('2026-02-04T12:00:00.000Z');
      const before = Date.now();
      await desk.pays('atTheRun', 6_000);
      while ((await desk.sim('atTheRun')) !== 'active' && Date.now() - before < 20_000);
      expect(Date.now() - before).toBeLessThan(10_000);
      await run;
      expect(await desk.owed('joined')).toEqual([12_000, 6_000]);
    });

    it('after the holds the ladder goes on, no step nearer to the one before than it was', async () => {
      expect((await desk.steps('hardship')).slice(1)).toEqual(['02-02 finalNotice']);
      expect((await desk.steps('legal')).slice(1, 3)).toEqual(['01-27 finalNotice', '01-30 barOutgoing']);
    });

    it('Germany: barred two weeks after the notice, in German', async () => {
      expect((await desk.steps('german')).slice(1)).toEqual([
        '01-21 finalNotice',
        '02-04 barOutgoing',
        '02-04 serviceBarred',
      ]);
      expect(await desk.next('german')).toMatch(/^d9 02-11T08:00Z: not before 2026-02-11 \(TKG § 61/);
      expect(await desk.subjects('german')).toEqual([
        'Zahlungserinnerung: 150,00 € sind noch offen',
        'Letzte Mahnung: 150,00 €, bevor wir Ihren Anschluss einschränken',
        'Ihre ausgehenden Verbindungen sind gesperrt',
      ]);
    });
  });

  it('Feb 4, a phone of 480.00 in 24 instalments for somebody who is chased already', async () => {
    const { accountId } = desk.of('vip');
    const phone = { device: { name: 'Phone', taxCode: 'none' }, price: { minor: 48_000, currency: 'EUR' } };
    await operator.api.post('/v1/invoicing/instalment-plans', {
      ...{ accountId, ...phone, instalments: 24, reason: 'sold in the shop' },
    });
    await operator.settle();
  });

  describe('Feb 18, a month late', () => {
    beforeAll(() => operator.until('2026-02-18T12:00:00.000Z'));

    it('Germany: calls in a week after calls out; below 100.00 never', async () => {
      expect((await desk.steps('german')).at(-1)).toBe('02-11 suspended');
      expect(await desk.steps('littleGerman')).toEqual([
        '01-19 reminder1',
        '01-21 finalNotice',
        '02-17 handOver',
      ]);
      expect(await desk.sim('littleGerman')).toBe('active');
    });

    it('IoT: barred, ended, written off; VIP: never barred, handed over', async () => {
      expect((await desk.steps('iot')).slice(1)).toEqual([
        '01-23 throttled',
        '02-07 barOutgoing',
        '02-12 terminate',
        '02-13 writeOff',
      ]);
      expect(await desk.sim('iot')).toBe('deactivated');
      expect(await desk.sim('vip')).toBe('active');
      expect(await desk.caseOf('vip')).toMatchObject({ outcome: 'handedOver' });
      expect((await desk.steps('vip')).slice(-2)).toEqual(['02-12 accelerate: 1 plans', '02-12 handOver']);
      const { data } = await operator.api.get<{ data: object[] }>(
        `/v1/invoicing/instalment-plans?accountId=${desk.of('vip').accountId}`,
      );
      expect(data).toMatchObject([{ endedEarly: { on: '2026-02-12', because: 'default' } }]);
    });

    it('the agency gets one file; paid after all, and taken back, the next file says so', async () => {
      const write = (why: string) =>
        operator.api.post<object>('/v1/payments/hand-overs', { reason: `the file of ${why}` });
      expect(await write('February')).toMatchObject({ cases: 7, invoices: 7, recalled: 0 });
      await expect(write('the day after')).rejects.toThrow(/nothingToHandOver/);
      await desk.pays('afterAgency', 6_000);
      await desk.tells('agency', 'take-back');
      await operator.settle();
      expect(await desk.sim('afterAgency')).toBe('active');
      expect(await desk.sim('agency')).toBe('suspended');
      expect(await write('March')).toMatchObject({ cases: 0, recalled: 2 });
    });

    it('what changes while the agency has a debt is in the next file: a part paid, a part disputed, the rest paid', async () => {
      await desk.pays('vip', 2_000, 'named');
      await operator.settle();
      const { disputes } = await desk.disputes('vip', 1_500);
      expect(await desk.agencyFile('the week after')).toEqual([
        'changed vip 60.00 open 40.00 disputed 15.00',
      ]);
      await expect(desk.agencyFile('the same week')).rejects.toThrow(/nothingToHandOver/);
      await desk.tells('vip', `disputes/${disputes[0]?.disputeId}/close`, { outcome: 'rejected' });
      expect(await desk.agencyFile('the dispute')).toEqual(['changed vip 60.00 open 40.00 disputed 0.00']);
      await desk.pays('vip', 4_000, 'named');
      await operator.settle();
      expect(await desk.agencyFile('the end')).toEqual(['settled vip']);
    });

    it('taken back it is chased by us again; paid, the SIM is free', async () => {
      expect((await desk.casesOf('agency')).map(({ outcome }) => outcome)).toEqual(['handedOver', null]);
      await desk.pays('agency', 6_000);
      await operator.settle();
      expect(await desk.sim('agency')).toBe('active');
      expect(await desk.caseOf('agency')).toMatchObject({ outcome: 'cured' });
    });
  });

  describe('Feb 20, the second bills are overdue', () => {
    beforeAll(() => operator.until('2026-02-20T12:00:00.000Z'));

    it('minimum debt: 180.00 of 150.00 opens a case', async () => {
      expect(await desk.steps('little')).toEqual(['02-19 reminder1']);
    });

    it('a second bill joins the case that is open', async () => {
      expect(await desk.casesOf('joined')).toHaveLength(1);
      expect(await desk.steps('joined')).toEqual(['01-19 reminder1', '02-20 reminder2']);
      expect(await desk.subjects('joined')).toContain('Second reminder: please pay €180.00');
    });
  });
});
