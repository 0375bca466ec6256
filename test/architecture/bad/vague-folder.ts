// as libs/invoicing/src/common/round-amount.ts
// breaks house/file-names

export const half = 2;
