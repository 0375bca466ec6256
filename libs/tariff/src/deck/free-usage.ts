import type { RateDeckVersion, UsageType } from '@tollkeeper/contracts';
import { callsForHelp, mostEmergencyDigits, setUpEverywhere } from '../numbering/emergency-numbers';
import { mccLength } from '../numbering/mobile-country';
import type { UsageRecord } from '../record/usage-record';

/** What costs nothing and uses no allowance, wherever it is called from. */
export interface FreeNumbers {
  freeNumbers: ReadonlySet<string>;
  /** The deck's own emergency numbers, by MCC; a country that it leaves out has those of the built-in table. */
  emergencyNumbers: ReadonlyMap<string, ReadonlySet<string>>;
  /** No free number is longer: nearly every number is, and no look at sets and countries is needed to see it. */
  mostFreeDigits: number;
}

export function freeNumbersOf({ freeNumbers, emergencyNumbers = [] }: RateDeckVersion): FreeNumbers {
  const longest = [...freeNumbers, ...emergencyNumbers.flatMap(({ numbers }) => numbers)].reduce(
    (most, { length }) => Math.max(most, length),
    mostEmergencyDigits,
  );
  return {
    freeNumbers: new Set(freeNumbers),
    emergencyNumbers: new Map(emergencyNumbers.map(({ mcc, numbers }) => [mcc, new Set(numbers)])),
    mostFreeDigits: longest,
  };
}

const reachesHelp: Record<UsageType, boolean> = {
  voice: true,
  video: true,
  sms: true,
  mms: true,
  data: false,
  event: false,
};

/** The whole number, not a prefix: 112 is free, 1124 is a number like any other. Who calls back is a usual call. */
export function isFree(deck: FreeNumbers, record: UsageRecord): boolean {
  const { otherParty, dialled = otherParty } = record;
  if (otherParty === '' || record.direction === 'incoming') return false;
  if (otherParty.length > deck.mostFreeDigits && dialled.length > deck.mostFreeDigits) return false;
  if (deck.freeNumbers.has(otherParty) || deck.freeNumbers.has(dialled)) return true;
  if (!reachesHelp[record.usageType]) return false;
  const network = record.servingMcc ?? record.network;
  const own = deck.emergencyNumbers.get(network.slice(0, mccLength));
  return own === undefined
    ? callsForHelp(dialled, network, record.startAt)
    : own.has(dialled) || setUpEverywhere.has(dialled);
}
