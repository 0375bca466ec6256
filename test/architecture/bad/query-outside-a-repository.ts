// as libs/invoicing/src/late-invoices.ts
// breaks house/queries-in-repositories

interface Rows {
  collection(name: string): { find(filter: object): unknown };
}

export const late = (rows: Rows) => rows.collection('invoices').find({ overdue: true }); // wrong
