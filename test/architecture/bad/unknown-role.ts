// as libs/invoicing/src/invoice.provider.ts
// breaks house/service-file-roles

export const half = 2;
