/**
 * ISO 4217 list one: every active code that has minor units, fund codes included, by its number of digits.
 * Kept here because Intl follows CLDR, which says 0 digits where ISO says 2 (ALL, LAK, LBP ..) and moves with Node.
 * Not in the list: retired codes (BGN, HRK, ANG, SLL, ZWL, CUC) and codes without minor units (XAU, XDR ..).
 */
const codesByMinorDigits: ReadonlyArray<readonly [digits: number, codes: string]> = [
  [0, 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'],
  [
    2,
    `AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW
     CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF
     IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK
     MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP
     SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XAD XCD XCG
     YER ZAR ZMW ZWG`,
  ],
  [3, 'BHD IQD JOD KWD LYD OMR TND'],
  [4, 'CLF UYW'],
];

const digitsByCode: ReadonlyMap<string, number> = new Map(
  codesByMinorDigits.flatMap(([digits, codes]) => codes.split(/\s+/).map((code) => [code, digits] as const)),
);

export const currencies: readonly string[] = [...digitsByCode.keys()].sort();

export const isCurrency = (code: string): boolean => digitsByCode.has(code);

export const minorDigits = (currency: string): number => {
  const digits = digitsByCode.get(currency);
  if (digits === undefined) {
    throw new RangeError(`Unknown currency "${currency}": expected an active ISO 4217 code such as "EUR"`);
  }
  return digits;
};
