import type { Micro } from '@tollkeeper/money';
import type { UsageFacts } from '../deck/match-usage';
import {
  type Balance,
  type BalanceDebit,
  defaultBalanceId,
  inOrderOfBalances,
  isUsable,
  type MoneyBalance,
  type UnitBalance,
} from './balance';
import { costOf, mostUnits, type QuotaTariff, unitsWithinRate } from './quota-tariff';

export interface QuotaAsk {
  units: number;
  usage: UsageFacts;
  /** What units cost that no unit balance covers; `null`: nobody knows, so none are granted. */
  tariff: QuotaTariff | null;
  /** All of the units or nothing. */
  force?: boolean;
  /** The account may go below 0: money is owed on its own balance. */
  negativeAllowed?: boolean;
  /** Nothing is granted at a higher price than so much for so many units; connect fees are none. */
  maxRate?: { rate: string; perUnits: number };
  /** Units of the same call or session before: steps count on. */
  usedBefore?: number;
  /** Whether a connect fee was paid for the call already. Left out: with the units before. */
  feePaid?: boolean;
}

export type QuotaRefusal = 'insufficientCredit' | 'unauthorizedDestination';

export interface Quota {
  granted: number;
  /** Money that it costs. */
  cost: Micro;
  /** What to take from which balance; nothing when it is refused. */
  debits: BalanceDebit[];
  refused: QuotaRefusal | null;
}

/** What the answer takes so far. */
interface Stand {
  granted: number;
  cost: Micro;
  taken: Map<string, number>;
  isBlocked: boolean;
  /** A call has one connect fee: that of the first units that have one. */
  feePaid: boolean;
}

/**
 * The largest usage that the balances can pay: unit balances first, then money, each in its order. A blocker that covers
 * the usage is the last that is asked. Asking changes nothing: `debit` takes what `debits` says.
 */
export function quota(balances: readonly Balance[], ask: QuotaAsk): Quota {
  const usable = balances.filter((balance) => isUsable(balance, ask.usage)).sort(inOrderOfBalances);
  const purse = purseOf(usable, balances, ask);
  const feePaid = ask.feePaid ?? (ask.usedBefore ?? 0) > 0;
  const stand: Stand = { granted: 0, cost: 0, taken: new Map(), isBlocked: false, feePaid };
  for (const balance of usable) {
    if (stand.granted === ask.units || stand.isBlocked) break;
    if (balance.kind === 'units') drawUnits(balance, purse, stand, ask);
  }
  for (const each of pursesByTariff(purse))
    if (stand.granted < ask.units && !stand.isBlocked) drawMoney(each, stand, ask);
  const lacks = stand.granted < ask.units;
  if ((lacks && ask.force) || stand.granted === 0) return answerNothing(usable, ask);
  return {
    granted: stand.granted,
    cost: stand.cost,
    debits: [...stand.taken].map(([balanceId, amount]) => ({ balanceId, amount })),
    refused: null,
  };
}

/** What any usage would cost by the tariff alone; no balance is asked. */
export const priceEnquiry = (tariff: QuotaTariff, units: number, usedBefore = 0): Micro =>
  units === 0 ? 0 : costOf(tariff, usedBefore, units, usedBefore === 0 ? tariff.connectFee : 0);

/** Without a price for it, money is of no use: only units could have covered it. */
function answerNothing(usable: readonly Balance[], { units, tariff }: QuotaAsk): Quota {
  const isKnown =
    tariff !== null || usable.some((each) => each.kind === 'units' || each.tariff !== undefined);
  const refused = units === 0 ? null : isKnown ? 'insufficientCredit' : 'unauthorizedDestination';
  return { granted: 0, cost: 0, debits: [], refused };
}

/** Money balances in their order, up to a blocker. */
interface Purse {
  balances: MoneyBalance[];
  /** Where more is owed than there is; `null` where that is not allowed. */
  owedOn: string | null;
}

function purseOf(usable: readonly Balance[], all: readonly Balance[], { negativeAllowed }: QuotaAsk): Purse {
  const money = usable.filter((balance) => balance.kind === 'money');
  const blocker = money.findIndex(({ blocker: blocks }) => blocks);
  const asked = blocker < 0 ? money : money.slice(0, blocker + 1);
  const isOpen = negativeAllowed === true && blocker < 0;
  return { balances: asked, owedOn: isOpen ? ownBalance(all) : null };
}

/**
 * Money that follows each other and pays one price is one purse. The last one pays the price that is asked with, also where
 * there is no money: what is owed is owed at it, and what is free needs none.
 */
function pursesByTariff({ balances, owedOn }: Purse): Purse[] {
  const purses: Purse[] = [];
  for (const balance of balances) {
    const last = purses.at(-1);
    if (last && last.balances[0]?.tariff === undefined && balance.tariff === undefined)
      last.balances.push(balance);
    else purses.push({ balances: [balance], owedOn: null });
  }
  const last = purses.at(-1);
  if (last && last.balances[0]?.tariff === undefined) last.owedOn = owedOn;
  else purses.push({ balances: [], owedOn });
  return purses;
}

/** The account's own balance without conditions. */
const ownBalance = (all: readonly Balance[]): string =>
  [...all]
    .sort(inOrderOfBalances)
    .find(({ kind, poolId, when, expiresAt }) => kind === 'money' && !poolId && !when && !expiresAt)
    ?.balanceId ?? defaultBalanceId;

const leftOf = ({ balances }: Purse, { taken }: Stand): Micro =>
  balances.reduce((sum, { balanceId, micro }) => sum + Math.max(0, micro - (taken.get(balanceId) ?? 0)), 0);

const moneyOf = (purse: Purse, stand: Stand): Micro =>
  purse.owedOn === null ? leftOf(purse, stand) : Number.MAX_SAFE_INTEGER;

function pay(purse: Purse, stand: Stand, cost: Micro): void {
  let due = cost;
  for (const { balanceId, micro } of purse.balances) {
    const part = Math.min(due, Math.max(0, micro - (stand.taken.get(balanceId) ?? 0)));
    if (part > 0) take(stand, balanceId, part);
    due -= part;
  }
  if (due > 0 && purse.owedOn !== null) take(stand, purse.owedOn, due);
  stand.cost += cost;
}

const take = ({ taken }: Stand, balanceId: string, amount: number): void => {
  taken.set(balanceId, (taken.get(balanceId) ?? 0) + amount);
};

/** Whole steps, as far as its own tariff can be paid; the fee is due with the first units that it gives to a call. */
function drawUnits(balance: UnitBalance, purse: Purse, stand: Stand, ask: QuotaAsk): void {
  const { balanceId, units, step = 1, tariff, blocker, exchange } = balance;
  const rate = exchange?.find(({ each }) => each.usageType === ask.usage.usageType);
  const [covers, takes] = rate ? [rate.each.units, rate.takes] : [step, step];
  const wanted = ask.units - stand.granted;
  const covered = Math.min(wanted, Math.max(0, Math.floor(units / takes)) * covers);
  const before = (ask.usedBefore ?? 0) + stand.granted;
  const fee = tariff && !stand.feePaid ? tariff.connectFee : 0;
  const payable = tariff
    ? mostUnits(tariff, before, withinRate(tariff, before, covered, ask), {
        fee,
        money: moneyOf(purse, stand),
      })
    : covered;
  if (payable > 0) {
    take(stand, balanceId, Math.ceil(payable / covers) * takes);
    if (tariff) pay(purse, stand, costOf(tariff, before, payable, fee));
    stand.feePaid ||= fee > 0;
    stand.granted += payable;
  }
  if (blocker && payable < wanted) stand.isBlocked = true;
}

/** The connect fee is due with the first units of a call that cost money; those that a bundle covers have none. */
function drawMoney(purse: Purse, stand: Stand, ask: QuotaAsk): void {
  const { usedBefore = 0 } = ask;
  const tariff = purse.balances[0]?.tariff ?? ask.tariff;
  if (tariff === null) return;
  const fee = stand.feePaid ? 0 : tariff.connectFee;
  const from = usedBefore + stand.granted;
  const wanted = withinRate(tariff, from, ask.units - stand.granted, ask);
  const units = mostUnits(tariff, from, wanted, { fee, money: moneyOf(purse, stand) });
  if (units === 0) return;
  pay(purse, stand, costOf(tariff, from, units, fee));
  stand.granted += units;
  stand.feePaid = true;
}

const withinRate = (tariff: QuotaTariff, from: number, wanted: number, { maxRate }: QuotaAsk): number =>
  maxRate === undefined ? wanted : Math.min(wanted, unitsWithinRate(tariff, from, maxRate));
