// as libs/payments/src/charge.service.ts
// breaks house/business-time

export const chargedAtMs = () => Date.now(); // wrong
