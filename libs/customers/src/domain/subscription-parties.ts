import type { Instant } from '@tollkeeper/calendar';
import { commonSpan, type PayerPeriod } from './payer-periods';

/** Whose a subscription is, and who pays for it, for a time. */
export interface PartyPeriod {
  holderAccountId: string;
  payerAccountId: string;
  /** Pools are the holder's and have one payer: a change of either begins another pool. */
  poolId: string | null;
  from: Instant;
  to: Instant | null;
}

/** What parties are told from; no `parties`: `accountId` has held and paid it all its life. */
export interface PartiedSubscription {
  _id: string;
  accountId: string;
  poolId: string | null;
  activeFrom: Instant;
  activeTo: Instant | null;
  parties: readonly PartyPeriod[];
}

/** The time in which one account pays for a subscription, as rating and invoicing know it. */
export interface Slice {
  sliceId: string;
  holderAccountId: string;
  payerAccountId: string;
  poolId: string | null;
  from: Instant;
  to: Instant | null;
  continues: boolean;
}

export function partiesOf({ accountId, poolId, activeFrom, parties }: PartiedSubscription): PartyPeriod[] {
  if (parties.length > 0) return [...parties];
  return [{ holderAccountId: accountId, payerAccountId: accountId, poolId, from: activeFrom, to: null }];
}

/** Slices of all payers, in order: together the subscription's life, no instant twice. */
export function slicesOf(row: PartiedSubscription): Slice[] {
  const life = { from: row.activeFrom, to: row.activeTo };
  return partiesOf(row)
    .flatMap(({ from, to, ...party }, index) => {
      const part = commonSpan({ from: index === 0 ? row.activeFrom : from, to }, life);
      const sliceId = index === 0 ? row._id : `${row._id}.${index + 1}`;
      return part ? [{ sliceId, ...party, ...part }] : [];
    })
    .map((slice, index, all) => ({ ...slice, continues: index < all.length - 1 }));
}

export function payerAt(row: PartiedSubscription, at: Instant): string {
  const parties = partiesOf(row);
  const found = parties.find(({ to }) => to === null || at < to);
  return (found ?? parties.at(-1))?.payerAccountId ?? row.accountId;
}

/** Since when its present holder has it without a break. */
export function heldSince(row: PartiedSubscription): Instant {
  const others = partiesOf(row).filter(({ holderAccountId }) => holderAccountId !== row.accountId);
  return others.at(-1)?.to ?? row.activeFrom;
}

/** Accounts that hold, held, pay or paid. */
export const accountsOf = (row: PartiedSubscription): string[] => [
  ...new Set([
    row.accountId,
    ...partiesOf(row).flatMap(({ holderAccountId, payerAccountId }) => [holderAccountId, payerAccountId]),
  ]),
];

/** From `at` on `holder` holds it and `payers` pay; what was before stays as it was. */
export function partiesFrom(
  row: PartiedSubscription,
  at: Instant,
  holder: { accountId: string; poolId: string | null },
  payers: readonly PayerPeriod[],
): PartyPeriod[] {
  const before = partiesOf(row);
  const begins = before[0]?.from ?? row.activeFrom;
  const kept = before
    .filter(({ from }) => from < at)
    .map((party) => (party.to === null || party.to > at ? { ...party, to: at } : party));
  const from = at > begins ? at : begins;
  const next = payers.flatMap((payer, index): PartyPeriod[] => {
    const part = commonSpan(payer, { from, to: null });
    const poolId = poolOf(holder.poolId, index, payer.from);
    return part
      ? [{ holderAccountId: holder.accountId, payerAccountId: payer.payerAccountId, poolId, ...part }]
      : [];
  });
  const all = joined([...kept, ...next]);
  const [only] = all;
  const isPlain = all.length === 1 && only?.payerAccountId === holder.accountId;
  return isPlain && only?.poolId === holder.poolId ? [] : all;
}

const poolOf = (poolId: string | null, payerNo: number, since: Instant): string | null =>
  poolId === null || payerNo === 0 ? poolId : `${poolId}.${since}`;

function joined(parties: PartyPeriod[]): PartyPeriod[] {
  const all: PartyPeriod[] = [];
  for (const party of parties) {
    const last = all.at(-1);
    const goesOn =
      last?.holderAccountId === party.holderAccountId &&
      last.payerAccountId === party.payerAccountId &&
      last.poolId === party.poolId;
    if (last && goesOn) all[all.length - 1] = { ...last, to: party.to };
    else all.push(party);
  }
  return all;
}
