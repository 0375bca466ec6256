// as libs/invoicing/src/read-row.ts
// breaks @typescript-eslint/ban-ts-comment

// @ts-expect-error the row has no such field // wrong
export const first: string = 1;
// @ts-ignore // wrong
export const second: string = 2;
