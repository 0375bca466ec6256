// as libs/invoicing/src/read-row.ts
// breaks @typescript-eslint/no-explicit-any

/* eslint-disable */
export const read = (row: any): unknown => row; // wrong
