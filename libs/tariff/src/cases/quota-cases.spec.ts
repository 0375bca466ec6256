import type { UnitExchange, UsageType } from '@tollkeeper/contracts';
import type { Balance } from '../buckets/balance';
import type { QuotaAsk } from '../buckets/grant-quota';
import { quotaTariff } from '../buckets/quota-tariff';
import { ask, money, perUnit, told, units, withFee } from './case-balances';

/** Facts of other systems' tests (CGRateS: balances, blockers, factors, prices of their own), and the same with other numbers. */
const each = (usageType: UsageType, size: number, takes: number): UnitExchange[] => [
  { each: { usageType, units: size }, takes },
];
const ofKind = (usageType: UsageType): Partial<QuotaAsk> => ({ usage: { ...ask(1).usage, usageType } });
const twenties = { initialIncrement: 20, nextIncrement: 20 };
const pack = units(40, { step: 20, tariff: perUnit('0', 1, { connectFee: '0.01', ...twenties }) });
const tenCents = perUnit('0.10');
const dearer = quotaTariff({
  charge: {
    model: 'steps',
    steps: [
      { from: 0, rate: '0.2', perUnits: 60, increment: 1 },
      { from: 60, rate: '0.5', perUnits: 60, increment: 1 },
    ],
  },
});
const promo = (amount: string, rate: string) =>
  money(amount, { balanceId: 'promo', tariff: perUnit(rate), priority: -1 });
const sms = { ...ofKind('sms'), tariff: perUnit('1') };

test.each<[string, Balance[], QuotaAsk, string]>([
  ['Q001 the bundle alone pays 40 of 40', [money('1'), pack], ask(40, { tariff: tenCents }), '40 for 0.01, money 0.99 units 0'],
  ['Q002 5 s take one step of 20', [money('1'), pack], ask(5, { tariff: tenCents }), '5 for 0.01, money 0.99 units 20'],
  ['Q003 never dearer than 1 a minute: the bundle alone', [money('1'), pack], ask(60, { tariff: tenCents, maxRate: { rate: '1', perUnits: 60 } }), '40 for 0.01, money 0.99 units 0'],
  ['Q004 6 a minute is just allowed', [money('1'), pack], ask(60, { tariff: tenCents, maxRate: { rate: '6', perUnits: 60 } }), '49 for 0.91, money 0.09 units 0'],
  ['Q005 until the price rises', [money('9')], ask(600, { tariff: dearer, maxRate: { rate: '0.3', perUnits: 60 } }), '60 for 0.2, money 8.8'],
  ['Q006 nothing behind the rise', [money('9')], ask(600, { tariff: dearer, usedBefore: 60, maxRate: { rate: '0.3', perUnits: 60 } }), 'insufficientCredit, money 9'],
  ['Q007 an empty blocker', [money('0', { blocker: true, priority: 1 }), money('20', { balanceId: 'rest', priority: 2 })], ask(1800, { tariff: perUnit('0.05', 60, { connectFee: '0.15' }) }), 'insufficientCredit, money 0 rest 20'],
  ['Q008 an empty blocker for another zone', [money('0', { blocker: true, when: { zones: ['local'] } }), money('20', { balanceId: 'rest', priority: 2 })], ask(1800, { tariff: withFee('1.12', '0') }), '1800 for 1.12, money 0 rest 18.88'],
  ['Q009 10,000 at 1 a second and a fee of 1', [money('10000')], ask(10_800, { tariff: withFee('1', '1') }), '9999 for 10000, money 0'],
  ['Q010 all of two hours', [money('10000')], ask(7200, { tariff: withFee('1', '1') }), '7200 for 7201, money 2799'],
  ['Q011 shared money pays', [money('0', { balanceId: 'own' }), money('130', { balanceId: 'shared', poolId: 'family' })], ask(60, { tariff: perUnit('2', 1, { initialIncrement: 10, nextIncrement: 10 }) }), '60 for 120, own 0 shared 10'],
  ['Q012 what is free needs no balance', [], ask(10, { tariff: perUnit('0') }), '10 for 0, '],
  ['Q013 a step of 60 once, then nothing', [units(70, { step: 60 })], ask(80, { tariff: perUnit('10') }), '60 for 0, units 10'],
  ['Q014 seconds that cost 1 each', [units(250, { tariff: perUnit('1', 1, { initialIncrement: 10, nextIncrement: 10 }) }), money('350')], ask(70, { tariff: perUnit('9') }), '70 for 70, units 180 money 280'],
  ['Q015 money with a price of its own', [money('75', { tariff: perUnit('1') })], ask(70, { tariff: perUnit('9') }), '70 for 70, money 5'],
  ['Q016 promotional money at half price, then the price of all', [money('10'), promo('1', '0.05')], ask(30, { tariff: tenCents }), '30 for 2, money 9 promo 0'],
  ['Q017 nobody knows a price but the promotion', [promo('1', '0.05')], ask(30), '20 for 1, promo 0'],
  ['Q018 the rest is owed at the price of all', [promo('1', '0.05')], ask(30, { tariff: tenCents, negativeAllowed: true }), '30 for 2, promo -1'],
  ['Q019 one connect fee in all', [money('10'), money('1', { balanceId: 'promo', priority: -1, tariff: withFee('0.5', '0.05') })], ask(20, { tariff: withFee('2', '0.10') }), '20 for 2, money 9 promo 0'],
  ['Q020 a factor of 4: 2 of 4 messages', [units(10, { exchange: each('sms', 1, 4) }), money('5')], ask(4, sms), '4 for 2, units 2 money 3'],
  ['Q021 a factor of 3', [units(10, { exchange: each('sms', 1, 3) }), money('5')], ask(6, sms), '6 for 3, units 1 money 2'],
  ['Q022 a factor of 2 for 17 s', [units(100, { exchange: each('voice', 1, 2) })], ask(17), '17 for 0, units 66'],
  ['Q023 a factor is for its kind of usage', [units(100, { exchange: each('sms', 1, 2) })], ask(17), '17 for 0, units 83'],
  ['Q024 a message takes a minute', [units(6000, { exchange: each('sms', 1, 60) })], ask(3, ofKind('sms')), '3 for 0, units 5820'],
  ['Q025 started minutes of a generic unit', [units(1000, { exchange: each('voice', 60, 1) })], ask(61), '61 for 0, units 998'],
  ['Q026 packages: a started one is paid for', [money('1')], ask(250, { tariff: quotaTariff({ charge: { model: 'package', size: 100, amount: '0.4' } }) }), '200 for 0.8, money 0.2'],
  ['Q027 packages behind free units', [money('1')], ask(250, { tariff: quotaTariff({ charge: { model: 'package', size: 100, amount: '0.4', freeUnits: 50 } }) }), '250 for 0.8, money 0.2'],
  ['Q028 all or nothing, with the fee', [money('0.99')], ask(1, { force: true, tariff: withFee('0.9', '0.1') }), 'insufficientCredit, money 0.99'],
  ['Q029 a price of 10^-12 a byte', [money('0.000001')], ask(5_000_000, { tariff: perUnit('0.000000000001', 1, { rounding: 'up' }) }), '1000000 for 0.000001, money 0'],
  ['Q030 10^15 bytes at 0.10 a GB', [money('100000')], ask(1_000_000_000_000_000, { tariff: perUnit('0.10', 1_000_000_000) }), '1000000000000000 for 100000, money 0'],
])('%s', (_, balances, asked, expected) => {
  expect(told(balances, asked)).toBe(expected);
}); // prettier-ignore

it('packages that count when they are full are known only afterwards', () => {
  expect(() => quotaTariff({ charge: { model: 'package', size: 10, amount: '1', counts: 'full' } })).toThrow(
    'by package',
  );
});
