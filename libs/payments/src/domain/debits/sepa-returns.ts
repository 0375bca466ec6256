import type { ReturnMeaning } from './return-codes';

const again: ReturnMeaning = { category: 'soft', endsMandate: false, byPayer: false };
const never: ReturnMeaning = { category: 'hard', endsMandate: false, byPayer: false };
const noMethod: ReturnMeaning = { category: 'hard', endsMandate: true, byPayer: false };
/** Something is to be put right before another debit: by the payer, or in what we sent. */
const toBeMended: ReturnMeaning = { category: 'actionRequired', endsMandate: false, byPayer: false };
const payerRefused: ReturnMeaning = { category: 'actionRequired', endsMandate: false, byPayer: true };

/** By ISO 20022 reason, as the EPC's guidance on reason codes for SDD R-transactions (EPC173-14) explains them. */
export const sepaReturns: Readonly<Record<string, ReturnMeaning>> = {
  AC01: noMethod, // no such account
  AC04: noMethod, // closed
  AC06: noMethod, // blocked, or blocked for debits
  AC13: noMethod, // a consumer's account, for B2B
  AG01: noMethod, // no debits from such an account
  AG02: toBeMended, // first or recurrent mixed up
  AM02: toBeMended, // above what was agreed with the bank
  AM04: again,
  AM05: never, // sent twice
  BE05: toBeMended, // our creditor identifier
  CNOR: toBeMended, // our bank is not reachable
  CUST: toBeMended, // called back at our own wish
  DNOR: noMethod, // the payer's bank takes no such debits
  DT01: toBeMended,
  DUPL: never,
  ED05: again, // settlement failed
  FF01: toBeMended,
  FF05: never, // the scheme is not the mandate's
  FOCR: toBeMended, // after our own request to cancel
  FRAD: { ...never, category: 'fraud' },
  MD01: { ...noMethod, byPayer: true }, // no mandate, or it was revoked
  MD02: toBeMended, // mandate data are missing or wrong
  MD06: payerRefused, // eight weeks, without a reason
  MD07: noMethod, // the payer has died
  MS02: payerRefused,
  MS03: again, // the bank gives no reason; where it may not give one it stands for AM04
  RC01: toBeMended, // BIC
  RR01: toBeMended,
  RR02: toBeMended,
  RR03: toBeMended,
  RR04: toBeMended, // regulatory
  SL01: payerRefused, // the payer had their bank refuse us, or all debits above a limit
  TECH: again,
  TM01: again, // handed in too late
  UPAY: toBeMended,
};

/** Of ISO 20022's external code set, in its form. */
export const isReturnCode = (code: string): boolean =>
  /^[A-Z]{2}\d{2}$/.test(code) || Object.hasOwn(sepaReturns, code);

/** A reason that is not in the table asks for a person, never for another debit. */
export const returnMeaning = (reason: string): ReturnMeaning =>
  Object.hasOwn(sepaReturns, reason) ? (sepaReturns[reason] ?? toBeMended) : toBeMended;
