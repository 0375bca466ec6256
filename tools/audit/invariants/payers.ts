import type { Findings } from '../findings';
import type { Ground, Invariant } from '../invariant';
import { collect } from '../tenant-rows';
import { circleIn, type DatedParent, gapIn, type Stretch } from '../payer-stretches';

interface Subscription {
  _id: string;
  accountId: string;
  activeFrom: string;
  parties: (Stretch & { holderAccountId: string })[];
}

interface Told {
  _id: { sliceId: string };
  payers: string[];
}

export const payers: Invariant = {
  name: 'payers',
  statement:
    'each subscription has one payer at each instant, whoever is told of a slice is its only payer, and no account is below itself',
  async check(ground, findings) {
    await checkParties(ground, findings);
    await checkSlices(ground, findings);
    await checkTrees(ground, findings);
  },
};

async function checkParties({ rows }: Ground, findings: Findings): Promise<void> {
  findings.look(await rows.count('customers', 'subscriptions'));
  const shared = rows.find<Subscription>('customers', 'subscriptions', { 'parties.0': { $exists: true } }, [
    'accountId',
    'activeFrom',
    'parties',
  ]);
  for await (const { _id, accountId, parties } of shared) {
    findings.count('of several parties');
    const gap = gapIn(parties);
    if (gap) findings.breach(_id, gap);
    const holder = parties.at(-1)?.holderAccountId;
    findings.breachIf(holder !== accountId, _id, `is held by ${accountId}, and its parties say ${holder}`);
  }
}

/** Two profiles that overlap may be two revisions on their way; usage would then be guided to either. */
async function checkSlices({ rows }: Ground, findings: Findings): Promise<void> {
  const twice = rows.aggregate<Told>('rating', 'accounts', [
    { $unwind: '$subscriptions' },
    {
      $group: {
        _id: { sliceId: '$subscriptions.subscriptionId' },
        payers: { $addToSet: '$accountId' },
      },
    },
    { $match: { 'payers.1': { $exists: true } } },
  ]);
  for await (const { _id, payers: told } of twice)
    findings.wait(_id.sliceId, `rating knows ${told.join(' and ')} as its payers`);
}

async function checkTrees({ rows }: Ground, findings: Findings): Promise<void> {
  const linked = await collect(
    rows.find<{ _id: string; parents: DatedParent[] }>(
      'customers',
      'accounts',
      { 'parents.0': { $exists: true } },
      ['parents'],
    ),
  );
  findings.count('accounts with a parent', linked.length);
  const parents = new Map(linked.map((row) => [row._id, row.parents]));
  for (const { _id } of linked) {
    const circle = circleIn(_id, parents);
    if (circle) findings.breach(_id, circle);
  }
}
