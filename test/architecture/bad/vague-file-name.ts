// as libs/invoicing/src/invoice-utils.ts
// breaks house/file-names

export const half = 2;
