// as libs/invoicing/src/invoice-state.ts
// breaks house/plain-language

/* wrong */ export enum InvoiceState {
  draft,
}
/* wrong */ export interface IInvoice {
  state: InvoiceState;
}
export interface Inbox {
  size: number;
}
