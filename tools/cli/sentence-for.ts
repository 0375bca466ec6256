import { type RatedRecord, sentenceOf } from '@tollkeeper/tariff';

/** How the amount came about, in the words that the explanation doors use. */
export const sentenceFor = ({ guided, rated }: RatedRecord): string =>
  sentenceOf({
    usageType: guided.record.usageType,
    currency: guided.offering.currency,
    quantity: guided.record.quantity,
    ...rated,
  });
