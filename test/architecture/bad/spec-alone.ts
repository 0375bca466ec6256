// as libs/money/src/rounding.spec.ts
// breaks house/honest-specs

it.only('rounds', () => undefined); // wrong
describe.only('rounding', () => undefined); // wrong
fit('rounds', () => undefined); // wrong
it.skip('rounds', () => undefined); // wrong
it('rounds', () => undefined);
