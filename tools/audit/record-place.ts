/** Rated records that share their periods, with what rating and invoicing say of these. */
export interface PlacedGroup {
  _id: {
    billingPeriodId: string | null;
    chargingPeriodId: string | null;
    unbilled: string | null;
    accountId: string | null;
  };
  records: number;
  amountMicro: number;
  /** One of the records, to begin a search with. */
  sample: string;
  charging?: { closedBy: string | null };
  billing?: { accountId: string; runId: string; invoiceId: string | null; reported?: boolean };
}

export interface RunState {
  run: string | null;
  account: string | null;
}

export interface NamedInvoice {
  accountId: string;
  state: string;
  live: boolean;
  periodIds: string[];
}

export type Place =
  { kind: 'named'; state: string } | { kind: 'pending'; why: string } | { kind: 'nowhere'; why: string };

const named = (state: string): Place => ({ kind: 'named', state });
const nowhere = (why: string): Place => ({ kind: 'nowhere', why });

const beforeNumbers = new Set(['collecting', 'drafting', 'checking', 'pendingApproval', 'finalizing']);

/** Where rated records are: on a bill, or in one of the states in which they wait for one. */
export function placeOf(group: PlacedGroup, run: RunState | undefined, invoice: NamedInvoice | null): Place {
  const { billingPeriodId, unbilled } = group._id;
  if (!group.charging) return nowhere('lies in a charging period that is not there');
  if (unbilled !== null) return prepaidPlace(group);
  if (billingPeriodId === null) return nowhere('is neither prepaid nor of any billing period');
  if (!group.billing) {
    const { closedBy } = group.charging;
    return closedBy === null
      ? named('open period')
      : nowhere(`${closedBy} closed its period, and no billing period ${billingPeriodId} names the bill`);
  }
  if (group.billing.accountId !== group._id.accountId) return nowhere('is billed to another account');
  if (group.billing.reported && group.billing.invoiceId === null)
    return named('late usage, reported and on no bill');
  return group.billing.invoiceId === null
    ? unnamedPlace(group.billing.runId, run)
    : billedPlace(billingPeriodId, group.billing.accountId, group.billing.invoiceId, invoice);
}

function prepaidPlace({ _id: { billingPeriodId, unbilled }, amountMicro }: PlacedGroup): Place {
  if (unbilled !== 'prepaid') return nowhere(`has an unknown unbilled state ${unbilled}`);
  if (billingPeriodId !== null) return nowhere('is prepaid and in a billing period');
  return amountMicro === 0 ? named('prepaid') : nowhere(`is prepaid and costs ${amountMicro} micro`);
}

/** A run took the period; until it has numbered its bills no invoice can be named. */
function unnamedPlace(runId: string, state: RunState | undefined): Place {
  if (!state?.run) return nowhere(`its period was closed by ${runId}, which is not there`);
  if (beforeNumbers.has(state.run)) return named('run not numbered yet');
  if (state.account === 'failed')
    return named(state.run === 'completed' ? 'set aside, run closed' : 'set aside, may be tried again');
  if (state.account === 'carriedForward') return named('carried forward to the next bill');
  return state.account === 'finalized' && state.run !== 'completed'
    ? { kind: 'pending', why: `${runId} has not named its invoice yet` }
    : nowhere(
        `${runId} is ${state.run}, its account ${state.account ?? 'unknown'}: no invoice and no open period`,
      );
}

const issued = new Set(['finalized', 'cancelled']);

function billedPlace(
  periodId: string,
  accountId: string,
  invoiceId: string,
  invoice: NamedInvoice | null,
): Place {
  if (!invoice) return nowhere(`is on ${invoiceId}, which is not there`);
  if (!invoice.live || !issued.has(invoice.state))
    return nowhere(`is on ${invoiceId}, which is ${invoice.state}`);
  if (invoice.accountId !== accountId) return nowhere(`is on ${invoiceId} of another account`);
  return invoice.periodIds.includes(periodId)
    ? named('billed')
    : nowhere(`is on ${invoiceId}, of which no line bills ${periodId}`);
}
