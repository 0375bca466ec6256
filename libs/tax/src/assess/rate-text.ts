import type { TaxRule } from '../table/tax-rule';

/** The rate as people read it. */
export function rateText({ amount, roundStep, roundTogether, roundAt }: TaxRule, currency: string): string {
  const step =
    roundStep !== undefined
      ? `, in steps of ${roundStep} ${currency}`
      : roundTogether !== undefined && roundAt === 'bill'
        ? ', rounded with others'
        : '';
  switch (amount.kind) {
    case 'percentage': {
      const of = amount.share === undefined ? '' : ` of ${amount.share} % of the charge`;
      const grossUp = amount.grossUp ? `, grossed up${insideText(amount.insidePercent)}` : '';
      const only = amount.taxesOnly ? ' of the taxes' : '';
      const at = capTexts[amount.capAt ?? 'bill'];
      const cap = amount.capMinor === undefined ? '' : `, capped${at}`;
      return `${amount.percent} %${of}${only}${grossUp}${cap}${step}`;
    }
    case 'perLine':
      return `${amount.amount} ${currency} a line and month${amount.lineTiers ? ', by the number of lines' : ''}${step}`;
    case 'perMinute':
      return `${amount.amount} ${currency} a minute${step}`;
    case 'fixed':
      return `${amount.amount} ${currency} a ${amount.per}${step}`;
    case 'tiered':
      return `in steps: ${amount.tiers.map(({ percent }) => `${percent} %`).join(', ')}`;
    case 'untaxed':
      return 'untaxed';
  }
}

const capTexts = {
  bill: '',
  line: ' for each line',
  lineMonth: ' for each line and month',
  accountMonth: ' for the account and month',
} as const;

const insideText = (insidePercent: string | undefined): string =>
  insidePercent === undefined ? '' : ` with others to ${insidePercent} % of the price`;
