/**
 * Parts of member states in which the VAT directive does not apply, or applies under another name: Directive 2006/112/EC
 * Art. 6 and 7, by the postal codes that lie in them.
 */
interface Territory {
  country: string;
  /** First characters of the postal code. */
  postalCodes: string[];
  territory: string;
  name: string;
  /** Whether the EU's VAT applies; if so the country's own rates may differ there. */
  vat: boolean;
  law: string;
}

const outside = (country: string, postalCodes: string[], territory: string, name: string): Territory => ({
  ...{ country, postalCodes, territory, name },
  vat: false,
  law: 'Directive 2006/112/EC Art. 6',
});

const ownRate = (
  country: string,
  postalCodes: string[],
  territory: string,
  name: string,
  article: string,
): Territory => ({
  ...{ country, postalCodes, territory, name },
  vat: true,
  law: `Directive 2006/112/EC ${article}`,
});

const euTerritories: readonly Territory[] = [
  ownRate('AT', ['6691'], 'AT-JUNGHOLZ', 'Jungholz', 'Art. 104'),
  ownRate('AT', ['6991', '6992', '6993'], 'AT-MITTELBERG', 'Mittelberg', 'Art. 104'),
  outside('DE', ['27498'], 'DE-HELGOLAND', 'Heligoland'),
  outside('DE', ['78266'], 'DE-BUESINGEN', 'Büsingen'),
  outside('ES', ['35', '38'], 'ES-CANARY', 'Canary Islands'),
  outside('ES', ['51'], 'ES-CEUTA', 'Ceuta'),
  outside('ES', ['52'], 'ES-MELILLA', 'Melilla'),
  outside('FI', ['22'], 'FI-ALAND', 'Åland'),
  outside('FR', ['971'], 'FR-GUADELOUPE', 'Guadeloupe'),
  outside('FR', ['972'], 'FR-MARTINIQUE', 'Martinique'),
  outside('FR', ['973'], 'FR-GUYANE', 'Guyane'),
  outside('FR', ['974'], 'FR-REUNION', 'Réunion'),
  outside('FR', ['976'], 'FR-MAYOTTE', 'Mayotte'),
  outside('GR', ['63086'], 'GR-ATHOS', 'Mount Athos'),
  outside('IT', ['23041'], 'IT-LIVIGNO', 'Livigno'),
  outside('IT', ['22061'], 'IT-CAMPIONE', "Campione d'Italia"),
  ownRate('PT', ['90', '91', '92', '93', '94'], 'PT-MADEIRA', 'Madeira', 'Art. 105'),
  ownRate('PT', ['95', '96', '97', '98', '99'], 'PT-AZORES', 'Azores', 'Art. 105'),
];

export const territoryOf = (country: string, postalCode: string): Territory | undefined =>
  euTerritories.find(
    (each) =>
      each.country === country &&
      each.postalCodes.some((start) => postalCode.replace(/\W/g, '').startsWith(start)),
  );

/** Members of the Union whose VAT is the Union's; Northern Ireland is inside for goods only, and this is about services. */
export const euMembers: ReadonlySet<string> = new Set(
  'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' '),
);

const taxedAs = new Map([
  // Directive 2006/112/EC Art. 7.
  ['MC', 'FR'],
  ['IM', 'GB'],
  // Prefixes of VAT numbers that are no countries; Northern Ireland's are for goods only.
  ['EL', 'GR'],
  ['XI', 'GB'],
]);

/** The country whose VAT it is. */
export const vatCountry = (country: string): string => taxedAs.get(country) ?? country;
