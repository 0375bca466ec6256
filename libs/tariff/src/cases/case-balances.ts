import type { UsagePrice } from '@tollkeeper/contracts';
import { type Balance, debit, type MoneyBalance, type UnitBalance } from '../buckets/balance';
import { quota, type QuotaAsk } from '../buckets/grant-quota';
import { quotaTariff, type QuotaTariff } from '../buckets/quota-tariff';
import type { UsageFacts } from '../deck/match-usage';
import { decimalMicro } from '../sample-balances';
import { call } from '../sample-tariff';

const national: UsageFacts = {
  record: call(),
  usageType: 'voice',
  zone: 'national',
  servingZone: 'home',
  band: '',
};

export const money = (amount: string, change: Partial<MoneyBalance> = {}): Balance => ({
  balanceId: 'money',
  kind: 'money',
  micro: decimalMicro(amount),
  ...change,
});

export const units = (size: number, change: Partial<UnitBalance> = {}): Balance => ({
  balanceId: 'units',
  kind: 'units',
  units: size,
  ...change,
});

export const perUnit = (rate: string, perUnits = 1, change: Partial<UsagePrice> = {}): QuotaTariff =>
  quotaTariff({ charge: { model: 'perUnit', rate, perUnits }, ...change });
export const withFee = (connectFee: string, rate: string): QuotaTariff => perUnit(rate, 1, { connectFee });

export const ask = (size: number, change: Partial<QuotaAsk> = {}): QuotaAsk => ({
  units: size,
  usage: national,
  tariff: null,
  ...change,
});

export const left = (balances: Balance[]): Record<string, number> =>
  Object.fromEntries(
    balances.map((balance) => [
      balance.balanceId,
      balance.kind === 'money' ? balance.micro / 1_000_000 : balance.units,
    ]),
  );

/** `49 for 0.91, money 0.09 units 0`, or the reason why not. */
export function told(balances: Balance[], asked: QuotaAsk): string {
  const { granted, cost, debits, refused } = quota(balances, asked);
  const after = Object.entries(left(debit(balances, debits))).map(([id, rest]) => `${id} ${rest}`);
  return `${refused ?? `${granted} for ${cost / 1_000_000}`}, ${after.join(' ')}`;
}
