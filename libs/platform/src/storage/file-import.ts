import type { TenantCollection } from '../mongo/tenant-collection';

/** How far a batch moves an import, and what its lines add to the counts. */
export interface ImportStep<Counts> {
  from: number;
  offsetBytes: number;
  linesRead: number;
  counts: Counts;
}

interface FileImportRow {
  _id: string;
  receivedAt: string;
}

const open = { state: { $in: ['received', 'importing'] } };

export function newestImports<Row extends FileImportRow>(
  imports: TenantCollection<Row>,
  after: Row | null,
  limit: number,
): Promise<Row[]> {
  const older = after && {
    $or: [
      { receivedAt: { $lt: after.receivedAt } },
      { receivedAt: after.receivedAt, _id: { $lt: after._id } },
    ],
  };
  return imports.find(older ?? {}, { sort: { receivedAt: -1, _id: -1 }, limit });
}

/** Fails when someone else moved the import meanwhile: the batch's transaction is given up. */
export async function advanceImport<Row extends FileImportRow, Counts extends object>(
  imports: TenantCollection<Row>,
  importId: string,
  { from, offsetBytes, linesRead, counts }: ImportStep<Counts>,
): Promise<Row> {
  const moved = await imports.findOneAndUpdate(
    { _id: importId, offsetBytes: from, ...open },
    {
      $set: { state: 'importing', offsetBytes, linesRead },
      $inc: Object.fromEntries(Object.entries(counts).map(([name, count]) => [`counts.${name}`, count])),
    },
  );
  if (!moved) throw new Error(`import ${importId} was moved by another worker`);
  return moved;
}

export async function completeImport<Row extends FileImportRow>(
  imports: TenantCollection<Row>,
  importId: string,
  from: number,
): Promise<void> {
  const standing = { _id: importId, offsetBytes: from, ...open };
  await imports.updateOne(standing, { $set: { state: 'completed' } });
}
