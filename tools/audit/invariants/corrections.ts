import type { Invariant } from '../invariant';

interface Figures {
  amountMicro: number;
  billedQuantity: number;
}
export interface CorrectionChain {
  _id: string;
  steps: {
    ratingVersion: number;
    posted: string;
    reversal: Figures;
    debit: Figures;
    differenceMicro: number;
  }[];
  record?: { ratingVersion?: number; amountMicro: number; rerated?: { amountMicro: number } };
}

export const corrections: Invariant = {
  name: 'corrections',
  statement: 'each gives back what stood before and adds up to new minus old; the record says what holds now',
  async check({ rows }, findings) {
    const chains = rows.aggregate<CorrectionChain>('rating', 'usageCorrections', [
      { $sort: { recordId: 1, ratingVersion: 1 } },
      {
        $group: {
          _id: { $concat: ['$tenantId', '/', '$recordId'] },
          steps: {
            $push: {
              ratingVersion: '$ratingVersion',
              posted: '$posted',
              reversal: '$reversal',
              debit: '$debit',
              differenceMicro: '$differenceMicro',
            },
          },
        },
      },
      { $lookup: { from: 'usage', localField: '_id', foreignField: '_id', as: 'record' } },
      { $set: { record: { $first: '$record' } } },
    ]);
    for await (const chain of chains) {
      findings.look(chain.steps.length);
      for (const { posted } of chain.steps) findings.count(posted);
      for (const fault of chainFaults(chain)) findings.breach(chain._id, fault);
    }
  },
};

export function chainFaults({ steps, record }: CorrectionChain): string[] {
  if (!record) return ['was rated again and is not there'];
  const faults: string[] = [];
  steps.forEach(({ ratingVersion, reversal, debit, differenceMicro }, index) => {
    const before = steps[index - 1]?.debit;
    if (ratingVersion !== index + 2) faults.push(`has no rating version ${index + 2}`);
    if (reversal.amountMicro + debit.amountMicro !== differenceMicro)
      faults.push(`version ${ratingVersion} posts ${differenceMicro}, its reversal and debit say otherwise`);
    if (before && before.amountMicro + reversal.amountMicro !== 0)
      faults.push(`version ${ratingVersion} gives back ${-reversal.amountMicro} of ${before.amountMicro}`);
  });
  const last = steps[steps.length - 1];
  const holds = record.rerated?.amountMicro ?? record.amountMicro;
  if (last && last.debit.amountMicro !== holds)
    faults.push(`holds ${holds}, its last rating came to ${last.debit.amountMicro}`);
  if (last && last.ratingVersion !== record.ratingVersion)
    faults.push(`says version ${record.ratingVersion ?? 1}, the last is ${last.ratingVersion}`);
  return faults;
}
