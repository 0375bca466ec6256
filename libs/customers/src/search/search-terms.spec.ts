import { searchTerms } from './search-terms';

it.each([
  ['+1 (518) 555-0101', 'US', ['15185550101']],
  ['0015185550101', 'US', ['0015185550101', '15185550101']],
  ['518 555 0101', 'US', ['5185550101', '15185550101']],
  ['0171 2345678', 'DE', ['01712345678', '491712345678']],
  ['+49 171', 'DE', ['49171']],
  ['310990000000001', 'US', ['310990000000001']],
  ['12', 'US', []],
  ['ada 123', 'US', []],
  ['1'.repeat(23), 'US', []],
])('%j in %s: numbers that begin with %j', (q, country, digits) => {
  expect(searchTerms(q, country).digits).toEqual(digits);
});

it.each([
  ['Ada  Lov', { name: 'ada lov', email: null, reference: null, invoiceNumbers: [] }],
  ['Ada@Sub', { name: null, email: 'ada@sub', reference: 'Ada@Sub' }],
  ['inv-0007', { name: 'inv 0007', invoiceNumbers: ['inv-0007', 'INV-0007'] }],
  ['acc_0123456789abcdef', { accountId: 'acc_0123456789abcdef' }],
  [
    '\u0000\u0007',
    { name: null, digits: [], email: null, reference: null, invoiceNumbers: [], accountId: null },
  ],
  ['a\u0000b', { name: 'a b', email: null }],
  ['.*', { name: null, email: '.*', reference: '.*' }],
])('%j', (q, terms) => {
  expect(searchTerms(q, 'US')).toMatchObject(terms);
});
