import type { TaxRule } from '../table/tax-rule';

/** The rate as people read it. */
export function rateText({ amount }: TaxRule, currency: string): string {
  switch (amount.kind) {
    case 'percentage': {
      const of = amount.share === undefined ? '' : ` of ${amount.share} % of the charge`;
      const grossUp = amount.grossUp ? ', grossed up' : '';
      const at = amount.capAt === 'line' ? ' for each line' : '';
      const cap = amount.capMinor === undefined ? '' : `, capped${at}`;
      return `${amount.percent} %${of}${grossUp}${cap}`;
    }
    case 'perLine':
      return `${amount.amount} ${currency} a line and month`;
    case 'perMinute':
      return `${amount.amount} ${currency} a minute`;
    case 'tiered':
      return `in steps: ${amount.tiers.map(({ percent }) => `${percent} %`).join(', ')}`;
    case 'untaxed':
      return 'untaxed';
  }
}
