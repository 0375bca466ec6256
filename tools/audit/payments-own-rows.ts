import type { Findings } from './findings';
import type { Ground } from './invariant';

const zero = { $literal: 0 };

/** What a payment says is away decides what may be refunded: it is what its reversals took, all in one transaction. */
export async function checkTakenBack({ rows }: Pick<Ground, 'rows'>, findings: Findings): Promise<void> {
  const differences = rows.aggregate<{ _id: string; says: number; away: number }>('payments', 'payments', [
    { $project: { says: { $ifNull: ['$reversedMinor', 0] }, away: zero } },
    rows.union('reversals', [
      { $match: { moneyOut: true } },
      { $project: { _id: '$paymentId', says: zero, away: '$amountMinor' } },
    ]),
    { $group: { _id: '$_id', says: { $sum: '$says' }, away: { $sum: '$away' } } },
    { $match: { $expr: { $ne: ['$says', '$away'] } } },
  ]);
  for await (const { _id, says, away } of differences)
    findings.breach(_id, `says that ${says} was taken back, its reversals took ${away}`);
}

interface Loaded {
  _id: { payment: string; account: string; currency: string };
  paid: number;
  loaded: number;
}

/** Each top-up that was paid is one movement of the balance, of the same account, amount and currency. */
export async function checkTopUps({ rows }: Pick<Ground, 'rows'>, findings: Findings): Promise<void> {
  const of = { account: '$accountId', currency: '$currency' };
  const differences = rows.aggregate<Loaded>('payments', 'payments', [
    { $match: { purpose: 'topUp' } },
    { $project: { about: { payment: '$_id', ...of }, paid: '$amountMinor', loaded: zero } },
    rows.union('topUpEntries', [
      { $match: { what: 'topUp' } },
      { $project: { about: { payment: '$paymentId', ...of }, paid: zero, loaded: '$amountMinor' } },
    ]),
    { $group: { _id: '$about', paid: { $sum: '$paid' }, loaded: { $sum: '$loaded' } } },
    { $match: { $expr: { $ne: ['$paid', '$loaded'] } } },
  ]);
  for await (const { _id, paid, loaded } of differences)
    findings.breach(
      _id.payment,
      `is a top-up of ${paid} ${_id.currency} of ${_id.account}, whose balance got ${loaded} by it`,
    );
}

interface Redeemed {
  _id: string;
  valueMinor: number;
  currency: string;
  accountId: string | null;
  payment?: { amountMinor: number; currency: string; accountId: string; reference: string; purpose: string };
}

/** A voucher that was redeemed is one payment of its value, for the account that redeemed it; any other is none. */
export async function checkVouchers({ rows }: Pick<Ground, 'rows'>, findings: Findings): Promise<void> {
  const redeemed = rows.aggregate<Redeemed>('payments', 'vouchers', [
    { $match: { state: 'redeemed' } },
    { $lookup: { from: 'payments', localField: 'paymentId', foreignField: '_id', as: 'payment' } },
    { $set: { payment: { $first: '$payment' } } },
  ]);
  for await (const { _id, valueMinor, currency, accountId, payment } of redeemed) {
    findings.count('redeemed vouchers');
    const isSame =
      payment?.amountMinor === valueMinor &&
      payment.currency === currency &&
      payment.accountId === accountId &&
      payment.reference === _id;
    findings.breachIf(!isSame, _id, `was redeemed for ${valueMinor} ${currency}, and no payment says so`);
  }
  const unredeemed = rows.find<{ _id: string; paymentId: string; state: string }>('payments', 'vouchers', {
    state: { $ne: 'redeemed' },
    paymentId: { $type: 'string' },
  });
  for await (const { _id, paymentId, state } of unredeemed)
    findings.breach(_id, `is ${state} and has paid ${paymentId}`);
}
