// as libs/invoicing/src/domain/date-invoice.ts
// breaks house/business-time

export const issuedAt = () => new Date().toISOString(); // wrong
export const dueAtMs = () => Date.now() + 1; // wrong
export const shown = (at: string) => new Date(at).toUTCString();
