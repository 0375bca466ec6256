// as libs/invoicing/src/domain/read-amount.ts
// breaks house/no-floating-money

export const read = (text: string) => parseFloat(text); // wrong
export const readAgain = (text: string) => Number.parseFloat(text); // wrong
export const show = (amount: number) => amount.toFixed(2); // wrong
