/** What an operator says of himself as a seller, where the law leaves it to him. */
export interface TaxSettings {
  /** Taxes that he does not charge: a de-minimis carrier and the universal service fund (47 CFR 54.708). */
  notCharged: string[];
  /** Percent of the base by tax, from his traffic study; it goes before the table's safe harbour. */
  shares: Record<string, string>;
  /** Prices include the taxes that are percentages of the charge (consumer prices of the EU). */
  pricesIncludeTax: boolean;
  /** `address`: country and region of the bill; `telecom`: the SIM's country and evidence, for sellers in the EU. */
  placeBy: 'address' | 'telecom';
  /** Where he is established for tax; `null`: the country of his profile. */
  establishedIn: string | null;
  /**
   * He sells less than 10,000 a year to consumers of other member states and keeps to his own country's tax (Directive
   * 2006/112/EC Art. 59c). Left out: he does not.
   */
  belowUnionThreshold?: boolean;
}

export const usualTaxSettings: TaxSettings = {
  notCharged: [],
  shares: {},
  pricesIncludeTax: false,
  placeBy: 'address',
  establishedIn: null,
};
