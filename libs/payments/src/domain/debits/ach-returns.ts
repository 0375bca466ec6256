import { addDays, compareDates, type LocalDate } from '@tollkeeper/calendar';
import { addBankDays, onBankDay } from './bank-days';
import type { ReturnMeaning } from './return-codes';

/**
 * How long the payer's bank may return (Nacha Operating Rules, Appendix Four): by the second banking day after
 * settlement, or by the banking day after the sixtieth calendar day. `open`: it was agreed with us first, or has no limit.
 */
type ReturnTime = 'twoBankDays' | 'sixtyDays' | 'open';

interface AchReturn extends ReturnMeaning {
  within: ReturnTime;
}

const bank = { within: 'twoBankDays', byPayer: false } as const;
const again: AchReturn = { ...bank, category: 'soft', endsMandate: false };
const noMethod: AchReturn = { ...bank, category: 'hard', endsMandate: true };
const never: AchReturn = { ...bank, category: 'hard', endsMandate: false };
const toBeMended: AchReturn = { ...bank, category: 'actionRequired', endsMandate: false };
const unauthorised: AchReturn = { category: 'hard', endsMandate: true, byPayer: true, within: 'sixtyDays' };

/** Of debits. What is not here is one of checks, credits, or between the banks: it is not sent again. */
export const achReturns: Readonly<Record<string, AchReturn>> = {
  R01: again, // insufficient funds
  R02: noMethod, // account closed
  R03: noMethod, // no account
  R04: noMethod, // invalid account number
  R05: unauthorised, // corporate entry on a consumer's account
  R06: { ...toBeMended, within: 'open' }, // our bank asked for it
  R07: unauthorised, // authorisation revoked
  R08: { ...toBeMended, byPayer: true }, // payment stopped: only with the payer's new consent (2.13.4)
  R09: again, // uncollected funds
  R10: unauthorised, // originator not known or not authorised
  R11: { ...unauthorised, category: 'actionRequired', endsMandate: false }, // not as agreed: put right, sent as a new entry
  R12: noMethod, // account sold to another bank
  R13: noMethod, // bank takes no ACH
  R14: noMethod, // representative payee deceased
  R15: noMethod, // account holder deceased
  R16: noMethod, // frozen
  R17: toBeMended,
  R18: toBeMended,
  R19: toBeMended,
  R20: noMethod, // no debits from such an account
  R21: toBeMended, // our company id
  R22: toBeMended, // the payer's id with us
  R24: never, // duplicate
  R25: toBeMended,
  R26: toBeMended,
  R27: toBeMended,
  R28: toBeMended,
  R29: { ...unauthorised, within: 'twoBankDays' }, // corporate customer says not authorised
  R31: { ...never, within: 'open' }, // permissible, agreed with our bank
  R37: { ...never, within: 'sixtyDays' },
  R38: { ...never, within: 'sixtyDays', byPayer: true },
  R51: { ...never, within: 'sixtyDays' },
  R53: { ...never, within: 'sixtyDays' },
};

/** Null: not a code of ACH. */
export const achReturn = (code: string): AchReturn | null =>
  Object.hasOwn(achReturns, code) ? (achReturns[code] ?? never) : /^R\d\d$/.test(code) ? never : null;

/** Its days are those of the East. */
export const federalReserveZone = 'America/New_York';
const returnBankDays = 2;
const unauthorisedDays = 60;

/** The last day on which such a return reaches us in time; null: there is none. */
export function achReturnableUntil(within: ReturnTime, settledOn: LocalDate): LocalDate | null {
  if (within === 'twoBankDays') return addBankDays('federalReserve', settledOn, returnBankDays);
  return within === 'sixtyDays'
    ? onBankDay('federalReserve', addDays(settledOn, unauthorisedDays + 1))
    : null;
}

/** A return that came too late may be dishonoured by our bank (R68). */
export function isTimelyReturn(code: string, settledOn: LocalDate, returnedOn: LocalDate): boolean {
  const until = achReturnableUntil(achReturn(code)?.within ?? 'open', settledOn);
  return until === null || compareDates(returnedOn, until) <= 0;
}
