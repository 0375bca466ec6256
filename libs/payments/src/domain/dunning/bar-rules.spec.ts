import { type BarCase, barRuleOf, mayBar } from './bar-rules';

const berlin: BarCase = {
  zone: 'Europe/Berlin',
  country: 'DE',
  state: 'barOutgoing',
  undisputedMinor: 10_000,
  currency: 'EUR',
  noticedAt: '2026-05-18T07:00:00.000Z',
  unproven: [],
  outgoingBarredAt: null,
  stepHour: 9,
  at: '2026-06-01T07:00:00.000Z',
};

describe('bars in Germany, TKG § 61', () => {
  it.each<[string, Partial<BarCase>, object]>([
    ['100.00 EUR and two weeks after the notice', {}, { may: true }],
    ['99.99 EUR', { undisputedMinor: 9_999 }, { may: false, until: null, why: /99.99 of .*100.00/ }],
    [
      'thirteen days after the notice',
      { noticedAt: '2026-05-19T07:00:00.000Z' },
      { may: false, until: '2026-06-02T07:00:00.000Z' },
    ],
    [
      'no notice yet known to be delivered',
      { noticedAt: null, unproven: ['a'] },
      { may: 'prove', keys: ['a'] },
    ],
    [
      'a notice that came back: asked again a day later',
      { noticedAt: null },
      { may: false, until: '2026-06-02T07:00:00.000Z', why: /no notice is known to be delivered/ },
    ],
    [
      'no notice at all: there is nothing to wait for',
      { noticedAt: null, announced: false },
      { may: false, until: null, why: /nothing that was sent announces it/ },
    ],
    [
      'on Whit Monday',
      { at: '2026-05-25T07:00:00.000Z', noticedAt: '2026-05-01T07:00:00.000Z' },
      { may: false, until: '2026-05-26T07:00:00.000Z', why: /public holiday/ },
    ],
    [
      'on a Saturday',
      { at: '2026-06-06T07:00:00.000Z' },
      { may: false, until: '2026-06-08T07:00:00.000Z', why: /is a Saturday/ },
    ],
    [
      'calls in on a Saturday, long after calls out',
      { state: 'suspended', outgoingBarredAt: '2026-05-20T07:00:00.000Z', at: '2026-06-06T07:00:00.000Z' },
      { may: false, until: '2026-06-08T07:00:00.000Z', why: /is a Saturday/ },
    ],
    [
      'calls in, six days after calls out',
      { state: 'suspended', outgoingBarredAt: '2026-05-26T07:00:00.000Z' },
      { may: false, until: '2026-06-02T07:00:00.000Z' },
    ],
    [
      'calls in, a week after calls out',
      { state: 'suspended', outgoingBarredAt: '2026-05-25T07:00:00.000Z' },
      { may: true },
    ],
  ])('%s', (_, change, expected) => {
    const why = (expected as { why?: RegExp }).why;
    const wanted = why ? { ...expected, why: expect.stringMatching(why) as string } : expected;
    expect(mayBar({ ...berlin, ...change })).toMatchObject(wanted);
  });

  it('before December 2021 it was 75 EUR', () => {
    expect(barRuleOf('DE', '2021-11-30')?.minimum?.minor).toBe(7_500);
    expect(barRuleOf('DE', '2021-12-01')?.minimum?.minor).toBe(10_000);
  });
});

it('a country without a rule here leaves it to the policy', () =>
  expect(mayBar({ ...berlin, country: 'US', undisputedMinor: 1, noticedAt: null })).toEqual({ may: true }));
