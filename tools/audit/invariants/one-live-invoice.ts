import type { Invariant } from '../invariant';

export const oneLiveInvoice: Invariant = {
  name: 'one live invoice',
  statement: 'one live invoice per billing account, kind, period and sequence',
  async check({ rows }, findings) {
    findings.look(await rows.count('invoicing', 'invoices', { live: true }));
    const doubles = rows.aggregate<{ _id: { accountId: string; periodTo: string }; invoices: string[] }>(
      'invoicing',
      'invoices',
      [
        { $match: { live: true } },
        {
          $group: {
            _id: { accountId: '$accountId', kind: '$kind', periodTo: '$periodTo', sequence: '$sequence' },
            invoices: { $push: '$_id' },
          },
        },
        { $match: { 'invoices.1': { $exists: true } } },
      ],
    );
    for await (const { _id, invoices } of doubles)
      findings.breach(invoices.join(' '), `are all live for ${_id.accountId}, period to ${_id.periodTo}`);

    // Void is the one state that is not live: a finalized invoice that is not counted would escape the check above.
    const odd = rows.aggregate<{ _id: string; state: string; live: boolean }>('invoicing', 'invoices', [
      { $match: { $expr: { $eq: [{ $eq: ['$state', 'void'] }, '$live'] } } },
      { $project: { state: 1, live: 1 } },
    ]);
    for await (const { _id, state, live } of odd)
      findings.breach(_id, `is ${state} and ${live ? 'live' : 'not live'}`);
  },
};
