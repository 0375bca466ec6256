import { compileDeck, entryFor } from '../deck/compile-deck';
import { deckVersion, entry } from '../sample-tariff';
import { type NumberType, readNumber } from './read-number';

/** Facts of national numbering plans (ITU-T E.164, E.123; libphonenumber's metadata). NN.. is the case. */
const [germany, britain, italy, russia, australia] = ['26201', '23410', '22201', '25001', '50501'];
const [america, brazil, argentina, japan, korea] = ['310260', '72405', '722310', '44010', '45005'];
const [hongKong, singapore, israel, colombia, france] = ['45400', '52501', '42502', '73201', '20801'];
const [belarus, lithuania, hungary, sanMarino, bahamas] = ['25701', '24601', '21601', '29201', '36439'];

describe('as dialled in the country that serves', () => {
  test.each<[string, string, string, string, NumberType?]>([
    ['NN01 Brazil, by a carrier', brazil, '0 15 11 98765-4321', '5511987654321'],
    ['NN02 Brazil, without one', brazil, '0 11 98765-4321', '5511987654321'],
    ['NN03 Brazil, abroad by a carrier', brazil, '00 15 44 20 7946 0000', '442079460000'],
    ['NN04 Brazil, abroad as E.164 has it', brazil, '0044 20 7946 0000', '442079460000'],
    ['NN05 Argentina, a mobile: 15 becomes 9', argentina, '0 11 15 1234-5678', '5491112345678'],
    ['NN06 Argentina, Buenos Aires', argentina, '011 4123-4567', '541141234567'],
    ['NN07 Colombia, by a carrier', colombia, '03 601 123 4567', '576011234567'],
    ['NN08 Colombia, abroad by a carrier', colombia, '009 44 20 7946 0000', '442079460000'],
    ['NN09 Russia, abroad', russia, '8~10 44 20 7946 0000', '442079460000'],
    ['NN10 Russia, trunk prefix', russia, '8 (495) 123-45-67', '74951234567', 'national'],
    ['NN11 Belarus, 80 before the area', belarus, '8 029 123 45 67', '375291234567', 'national'],
    ['NN12 Lithuania, 0 since 2024', lithuania, '0 612 34567', '37061234567'],
    ['NN13 Lithuania, 8 before', lithuania, '8 612 34567', '37061234567', 'national'],
    ['NN14 Hungary, 06', hungary, '06 30 123 4567', '36301234567'],
    ['NN15 San Marino, without its area', sanMarino, '886377', '3780549886377', 'national'],
    ['NN16 San Marino keeps the 0', sanMarino, '0549 886377', '3780549886377'],
    ['NN17 Bahamas, seven digits', bahamas, '345-6789', '12423456789', 'national'],
    ['NN18 Japan, abroad', japan, '010 44 20 7946 0000', '442079460000'],
    ['NN19 Korea, abroad by a carrier', korea, '00700 44 20 7946 0000', '442079460000'],
    ['NN20 Hong Kong, abroad', hongKong, '001 44 20 7946 0000', '442079460000'],
    ['NN21 Hong Kong, a satellite', hongKong, '001 8816 1234 5678', '881612345678'],
    ['NN22 Hong Kong, 00 before +1', hongKong, '00 1 415 555 0100', '14155550100'],
    ['NN23 Hong Kong, 00 before +61', hongKong, '0061 2 9123 4567', '61291234567'],
    ['NN24 Singapore, abroad', singapore, '001 44 20 7946 0000', '442079460000'],
    ['NN25 Israel, abroad', israel, '012 44 20 7946 0000', '442079460000'],
    ['NN26 Israel, a mobile', israel, '050-234-5678', '972502345678'],
    ['NN27 Australia, abroad', australia, '0011 44 20 7946 0000', '442079460000'],
    ['NN28 United States, seven and ten digits', america, '212-555-0100', '12125550100', 'national'],
    ['NN29 United States, 1 before', america, '1 (212) 555-0100', '12125550100'],
    ['NN30 France, ten digits', france, '01 23 45 67 89', '33123456789'],
    ['NN31 Italy, a mobile has no 0', italy, '347 123 4567', '393471234567', 'national'],
    ['NN32 Vatican, dialled in Rome', italy, '06 698 12345', '390669812345'],
  ])('%s', (_, network, text, digits, type = '') => {
    expect(readNumber(text, network, type)?.digits).toBe(digits);
  });
});

describe('a trunk prefix behind the country code', () => {
  test.each([
    ['NN33 Isle of Man: no landline of Britain', '+44 07624 123456', '447624123456'],
    ['NN34 digits alone', '4407624123456', '447624123456'],
    ['NN35 Germany', '+49 0 30 123456', '4930123456'],
    ['NN36 Romania', '0040 021 123 4567', '40211234567'],
    ['NN37 China', '+86 010 1234 5678', '861012345678'],
    ['NN38 Rome’s 0 is none', '+39 06 1234 5678', '390612345678'],
    ['NN39 nor Abidjan’s', '+225 07 01 23 45 67', '2250701234567'],
    ['NN40 nor Cotonou’s, since November 2024', '+229 01 95 12 34 56', '2290195123456'],
    ['NN41 nor Brazzaville’s', '+242 06 612 3456', '242066123456'],
    ['NN42 nor San Marino’s', '+378 0549 886377', '3780549886377'],
    ['NN43 what is no number either way stays', '+49 0', '490'],
  ])('%s: %s', (_, text, digits) => {
    expect(readNumber(text, germany)?.digits).toBe(digits);
  });
});

describe('the same number', () => {
  test.each([
    ['NN44 with dashes of print', '+44 20 7946–0000'],
    ['NN45 in wide signs', '＋４４２０７９４６００００'],
    ['NN46 with narrow spaces', '+44\u202f20\u00a07946\u20090000'],
    ['NN47 with marks that nobody sees', '\u202a+44 20 7946 0000\u202c'],
    ['NN48 country code in brackets', '(+44) 20 7946 0000'],
    ['NN49 prefix twice', '+0044 20 7946 0000'],
  ])('%s', (_, text) => expect(readNumber(text, britain)?.digits).toBe('442079460000'));
  it('NN50 called international, with its prefix all the same', () =>
    expect(readNumber('00442079460000', britain, 'international')?.digits).toBe('442079460000'));
});

test.each([
  ['NN51 no country code begins with 0', '+0123456789'],
  ['NN52 nothing behind the prefix', '+00'],
  ['NN53 21 digits', '+123456789012345678901'],
  ['NN54 letters', '+44 20 SEVEN'],
  ['NN55 a service code', '**21*0123456789#'],
  ['NN56 a pause', '+442079460000p123'],
  ['NN57 a name', 'sip:alice@example.net'],
])('%s is refused', (_, text) => expect(readNumber(text, germany)).toBeNull());

/** What is shorter than any E.164 number, and not marked as one, is a code of the network that serves. */
test.each([
  ['NN58', '116000', true],
  ['NN59', '116123', true],
  ['NN60', '911', true],
  ['NN61', '22422', true],
  ['NN62', '+116000', false],
])('%s %s is a short code: %s', (_, text, isShortCode) =>
  expect(readNumber(text, germany)?.isShortCode).toBe(isShortCode),
);

const rows: Record<string, string> = {
  US: '1',
  BS: '1242',
  BB: '1246',
  AI: '1264',
  AG: '1268',
  KY: '1345',
  GD: '1473',
  MS: '1664',
  MP: '1670',
  AS: '1684',
  LC: '1758',
  DM: '1767',
  VC: '1784',
  TT: '1868',
  KN: '1869',
  SH: '290',
  TA: '2908',
  GP: '590',
  RE: '262',
  YT: '262269 262639 2629398',
  CN: '86',
  HK: '852',
  MO: '853',
  TW: '886',
  MX: '52',
  'shared cost': '808',
  'international freephone': '800',
  'universal personal': '878',
  GB: '44',
  'GB mobile': '447',
  JE: '447829 447937',
  GG: '447839',
};
const deck = compileDeck(
  deckVersion,
  Object.entries(rows).flatMap(([zone, prefixes]) =>
    prefixes.split(' ').map((prefix) => entry({ prefix, zone })),
  ),
);

/** Codes that share their first digits with a larger country, and codes of no country. */
test.each([
  ['NN63', 'BS BB AI AG', '+12423456789 +12462345678 +12642345678 +12682345678'],
  ['NN64', 'KY GD MS MP AS', '+13452345678 +14732345678 +16642345678 +16702345678 +16842345678'],
  ['NN65', 'LC DM VC TT KN', '+17582345678 +17672345678 +17842345678 +18682345678 +18692345678'],
  ['NN66', 'SH TA', '+29022158 +2908999'],
  ['NN67', 'GP GP', '+590590123456 +590690123456'],
  ['NN68', 'RE YT YT YT', '+262692123456 +262269601234 +262639012345 +262939812345'],
  ['NN69', 'CN HK MO TW', '+8613912345678 +85251234567 +85366123456 +886912345678'],
  ['NN70', 'MX MX', '+525512345678 +5215512345678'],
  ['NN71', 'shared cost', '+80812345678'],
  ['NN72', 'international freephone', '+80012345678'],
  ['NN73', 'universal personal', '+878101234567890'],
  ['NN74', 'JE JE GG', '+447829123456 +447937123456 +447839123456'],
])('%s %s: %s', (_, zones, numbers) => {
  const found = numbers.split(' ').map((number) => {
    const otherParty = readNumber(number, germany)?.digits ?? '';
    return entryFor(deck, 'home', { usageType: 'voice', otherParty })?.place.zone;
  });
  expect(found.join(' ')).toBe(zones);
});
