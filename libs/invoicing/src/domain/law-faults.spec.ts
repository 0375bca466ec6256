import { describe, expect, it } from '@jest/globals';
import type { TenantProfile } from '@tollkeeper/contracts';
import type { Bill } from './bill';
import { groupLines } from './bill-text';
import { buildInvoice } from './build-invoice';
import { type BilledParty, faultText, lawFaults, type SellerTerms } from './law-faults';
import { sampleInput } from './sample-billing';
import { nameProviders } from './third-parties';

const seller = {
  name: 'Operator',
  legalName: 'Operator Ltd',
  addressLines: ['1 Main St'],
  supportPhone: '+18005550100',
} as TenantProfile;
const account: BilledParty = {
  customerName: 'Ada',
  address: { lines: ['1'], city: 'B', region: '', postalCode: '1', country: 'DE' },
};
const terms: SellerTerms = { taxRegistration: 'DE 123456789' };
const bill = buildInvoice(sampleInput({})) as Bill;
const [line] = bill.lines;
const untaxed = {
  taxId: 'vat',
  name: 'VAT',
  jurisdiction: 'DE',
  law: 'Art. 196',
  reason: 'reverseCharge' as const,
  percent: '19',
  certificateNumber: null,
  baseMinor: 100,
};

interface Given {
  country: string;
  bill?: Partial<Bill>;
  seller?: Partial<TenantProfile>;
  terms?: SellerTerms;
  account?: Partial<BilledParty>;
}

describe('what the law wants on a bill', () => {
  it.each<[string, Given, RegExp[]]>([
    ['DE, complete', { country: 'DE' }, []],
    ['US, complete', { country: 'US' }, []],
    ['DE, no VAT number', { country: 'DE', terms: { taxRegistration: null } }, [/VAT number of DE/]],
    ['DE, another country’s', { country: 'DE', terms: { taxRegistration: 'FR123' } }, [/VAT number of DE/]],
    ['GR has EL', { country: 'GR', terms: { taxRegistration: 'EL123456789' } }, []],
    ['GB, none', { country: 'GB', terms: { taxRegistration: null } }, [/VAT number of GB/]],
    [
      'without VAT none is asked',
      { country: 'DE', bill: { taxes: [] }, terms: { taxRegistration: null } },
      [],
    ],
    ['US asks for none', { country: 'US', terms: { taxRegistration: null } }, []],
    ['no legal name', { country: 'DE', seller: { legalName: ' ' } }, [/legal name/]],
    ['no seller’s address', { country: 'DE', seller: { addressLines: [] } }, [/seller has no address/]],
    ['no customer', { country: 'US', account: { customerName: '' } }, [/customer has no name/]],
    [
      'reverse charge without its words and number',
      { country: 'DE', bill: { untaxed: [untaxed] } },
      [/“Reverse charge”/, /customer’s VAT number/],
    ],
    [
      'an exemption without law',
      { country: 'DE', bill: { untaxed: [{ ...untaxed, reason: 'byLaw', law: '' }] } },
      [/under which law/],
    ],
    [
      'a line without a word',
      { country: 'DE', bill: { lines: [{ ...line!, description: '' }] } },
      [/line 1/],
    ],
    [
      'US, a line without a word',
      { country: 'US', bill: { lines: [{ ...line!, description: '' }] } },
      [/line 1/],
    ],
    ['US, no one to call', { country: 'US', seller: { supportPhone: '' } }, [/no number to call/]],
    [
      'US, a provider without name',
      { country: 'US', bill: { lines: [{ ...line!, provider: { name: '' } }] } },
      [/provider of line 1/],
    ],
    ['elsewhere only who and whom', { country: 'AU', seller: { supportPhone: '' } }, []],
  ])('%s', (_, given, expected) => {
    const faults = lawFaults(
      { ...bill, ...given.bill },
      { ...seller, ...given.seller },
      given.terms ?? terms,
      { ...account, ...given.account },
      given.country,
    );
    expect(faults).toHaveLength(expected.length);
    expected.forEach((pattern, at) => expect(faults[at]?.missing).toMatch(pattern));
  });

  it('says all that is missing, the law and the way out, in one cause', () => {
    const cause = faultText(lawFaults(bill, seller, { taxRegistration: null }, account, 'DE'));
    expect(cause).toMatch(
      /VAT number of DE \(Directive 2006\/112\/EC Art. 226\(3\)\): .*PUT \/v1\/invoicing\/seller/,
    );
    expect(faultText([])).toBeNull();
  });
});

describe('charges of other providers', () => {
  it('are named, and stand in a section of their own behind our own', () => {
    const provider = { name: 'Weather by text', phone: '+18005550199' };
    const named = nameProviders(
      {
        ...bill,
        lines: [
          { ...line!, taxCode: 'content' },
          { ...line!, lineNo: 2 },
        ],
      },
      [{ provider, taxCode: 'content' }],
    );
    expect(groupLines(named.lines).map(({ title, lines }) => [title, lines.length])).toEqual([
      ['+491511', 1],
      ['Charges of another provider: Weather by text, questions to +18005550199', 1],
    ]);
  });
});
