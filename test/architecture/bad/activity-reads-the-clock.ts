// as libs/payments/src/charge.activities.ts
// breaks house/business-time

export const chargedAt = () => new Date(); // wrong
