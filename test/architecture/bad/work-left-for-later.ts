// as libs/invoicing/src/read-row.ts
// breaks no-warning-comments

export const read = (row: object): object => row; // TODO check the row // wrong
