// as libs/invoicing/src/invoice-state.ts
// breaks house/plain-language

export enum InvoiceState {
  // wrong
  draft,
}
export interface IInvoice {
  // wrong
  state: InvoiceState;
}
export interface Inbox {
  size: number;
}
