// as libs/invoicing/src/roundAmount.ts
// breaks house/file-names

export const half = 2;
