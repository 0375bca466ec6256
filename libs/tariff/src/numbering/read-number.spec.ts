import { type NumberType, readNumber } from './read-number';

const [germany, britain, italy, america, russia, hungary, australia, ivoryCoast, satellite] = [
  '26201',
  '23410',
  '22201',
  '310260',
  '25001',
  '21601',
  '50501',
  '61203',
  '90105',
];

describe('one number, however it is written (N035)', () => {
  test.each([
    ['+44 7624 123456'],
    ['00447624123456'],
    ['447624123456'],
    ['+44 (7624) 123-456'],
    ['+44 (0)7624 123456'],
    ['0044 (0)7624/123456'],
    ['tel:+44-7624-123456'],
    ['sip:+447624123456@ims.example;user=phone'],
  ])('%s', (text) => {
    expect(readNumber(text, germany)).toEqual({ digits: '447624123456', isShortCode: false, dialled: null });
  });
});

describe('as dialled in the country that serves', () => {
  test.each([
    ['trunk prefix of Germany', '030 123456', germany, '4930123456'],
    ['trunk prefix of Britain', '07624123456', britain, '447624123456'],
    ['Italy keeps its 0', '06 1234 5678', italy, '390612345678'],
    ['so does Ivory Coast', '0701234567', ivoryCoast, '2250701234567'],
    ['trunk prefix 06 of Hungary', '06 1 234 5678', hungary, '3612345678'],
    ['011 of the United States', '011442071234567', america, '442071234567'],
    ['00 is understood there too', '00442071234567', america, '442071234567'],
    ['8~10 of Russia', '810442071234567', russia, '442071234567'],
    ['0011 of Australia', '0011442071234567', australia, '442071234567'],
    ['no country, no plan', '030123456', satellite, '030123456'],
  ])('%s', (_, text, network, digits) => {
    expect(readNumber(text, network)?.digits).toBe(digits);
  });

  it('keeps what was dialled', () => {
    expect(readNumber('030 123456', germany)?.dialled).toBe('030123456');
  });
});

describe('what the network says of the digits goes before their look', () => {
  test.each<[string, string, NumberType, string, string, boolean]>([
    ['ten digits of the US', '2125550100', 'national', america, '12125550100', false],
    ['ten digits without a word are E.164', '2125550100', '', america, '2125550100', false],
    ['Russia, trunk prefix 8', '84951234567', 'national', russia, '74951234567', false],
    ['a long service number', '22123456', 'short', germany, '22123456', true],
    ['a short foreign number', '247123', 'international', germany, '247123', false],
  ])('%s', (_, text, type, network, digits, isShortCode) => {
    expect(readNumber(text, network, type)).toMatchObject({ digits, isShortCode });
  });
});

test.each([
  ['112', true],
  ['000', true],
  ['116117', true],
  ['0256', true],
  ['1161170', false],
  ['+116117', false],
])('%s is a code of the network: %s', (text, isShortCode) => {
  expect(readNumber(text, germany)?.isShortCode).toBe(isShortCode);
});

test.each([['1-800-FLOWERS'], ['PIZZA'], ['+'], [''], ['*21#'], ['123456789012345678901'], ['+44+7624']])(
  '%j is refused',
  (text) => {
    expect(readNumber(text, germany)).toBeNull();
  },
);
