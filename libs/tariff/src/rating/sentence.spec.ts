import { rateOne, voice, weekBands, talk } from '../cases/case-tariff';
import { allowance, entry } from '../sample-tariff';
import type { RatedUsage } from './rate-record';
import { sentenceOf } from './sentence';

const say = (quantity: number, { billedQuantity, amountMicro, explanation }: RatedUsage): string =>
  sentenceOf({ usageType: 'voice', quantity, billedQuantity, amountMicro, currency: 'EUR', explanation });

it('says every step of a call', () => {
  const tariff = {
    entries: [entry({ initialIncrement: 60, connectFee: '0.15', decimals: 2, rounding: 'up' as const })],
    allowances: [allowance({ units: 20 })],
  };
  expect(say(85, rateOne(voice(85), tariff))).toBe(
    '85 s used, billed as 85 s (60/1); plan plan@1, deck retail@1; row "49" in home; 0.06 per 60 s; ' +
      '20 s from allowance sub_1/minutes; 65 s charged; connect fee 0.15 EUR; rounded up to 2 decimals for each record; ' +
      'in all 0.22 EUR.',
  );
});

it('says the parts of a call over an edge', () => {
  const call = talk('2026-01-05T17:59:00.000Z', '2026-01-05T18:01:00.000Z');
  const rated = rateOne(call, {
    entries: [entry({ band: 'peak' }), entry({ rate: '0.03', maxCharge: '1' })],
    calendar: { zone: 'UTC', holidays: [], bands: weekBands, crossing: 'split' },
  });
  expect(say(120, rated)).toBe(
    '120 s used, billed as 120 s (1/1); plan plan@1, deck retail@1; ' +
      'from 0 to 60 s, row "49" in home, band peak, 0.06 per 60 s, 60 s charged; ' +
      'from 60 to 120 s, row "49" in home, band evening, 0.03 per 60 s, 60 s charged; ' +
      'rounded half up to 6 decimals for each record; in all 0.09 EUR.',
  );
});
