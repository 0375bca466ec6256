import type { Findings } from '../findings';
import { identifierFaults, type HeldAssignment, type InventoryBook } from '../identifier-faults';
import type { Ground, Invariant } from '../invariant';

/** Of one row of the inventory, with every assignment of its value. */
interface Row extends InventoryBook {
  _id: string;
  assignments: HeldAssignment[];
}

export const identifiers: Invariant = {
  name: 'identifiers',
  statement:
    'each number and SIM has at most one owner at any instant; what the inventory says of it agrees with the assignments',
  async check(ground, findings) {
    await checkBooks(ground, findings);
    await checkStrays(ground, findings);
  },
};

const own = { tenantId: '$tenantId', kind: '$kind', value: '$value' };

async function checkBooks({ rows }: Ground, findings: Findings): Promise<void> {
  const books = rows.aggregate<Row>('customers', 'inventory', [
    {
      $lookup: {
        from: 'assignments',
        localField: 'value',
        foreignField: 'value',
        let: own,
        pipeline: [
          {
            $match: { $expr: { $and: [{ $eq: ['$tenantId', '$$tenantId'] }, { $eq: ['$kind', '$$kind'] }] } },
          },
          { $sort: { from: 1 } },
        ],
        as: 'assignments',
      },
    },
  ]);
  for await (const { _id, assignments, ...book } of books) {
    findings.look();
    findings.count('assignments', assignments.length);
    for (const fault of identifierFaults(book, assignments)) findings.breach(_id, fault);
  }
}

/** An assignment whose value the inventory does not know. */
async function checkStrays({ rows, tenantId }: Ground, findings: Findings): Promise<void> {
  const strays = rows.aggregate<{ _id: string; book: string }>('customers', 'assignments', [
    { $set: { book: { $concat: [tenantId, '/', '$kind', '/', '$value'] } } },
    { $lookup: { from: 'inventory', localField: 'book', foreignField: '_id', as: 'known' } },
    { $match: { known: { $size: 0 } } },
  ]);
  for await (const { _id, book } of strays) findings.breach(_id, `the inventory has no ${book}`);
}
