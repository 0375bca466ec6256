// as libs/invoicing/src/read-row.ts
// breaks house/named-exports

const read = (row: object): object => row;
const write = read;
export default read; // wrong
export { write as default }; // wrong
