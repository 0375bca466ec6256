import type { PostalAddress, TenantProfile } from '@tollkeeper/contracts';
import type { Bill, BillLine } from './bill';
import type { BillSupply } from './tax-place';

/** What the law of the seller's country wants on a bill and is not there, and who puts it right. */
interface LawFault {
  law: string;
  missing: string;
  wayOut: string;
}

/** As the seller's settings say it, beside his profile. */
export interface SellerTerms {
  taxRegistration: string | null;
}

export interface BilledParty {
  customerName: string;
  address: PostalAddress;
}

type LawfulBill = Pick<Bill, 'lines' | 'taxes' | 'untaxed' | 'exemptions'> & { supply?: BillSupply };
type Seller = Pick<TenantProfile, 'name' | 'legalName' | 'addressLines' | 'supportPhone'>;

interface Asked {
  bill: LawfulBill;
  seller: Seller;
  terms: SellerTerms;
  account: BilledParty;
  country: string;
}

type Requirement = (asked: Asked) => LawFault[];

const vat = (point: string): string => `Directive 2006/112/EC Art. 226(${point})`;
const billing = (point: string): string => `47 CFR 64.2401(${point})`;
const sellerDoor = 'PUT /v1/invoicing/seller, then retry the account.';
const profileDoor = 'Complete the operator’s profile, then retry the account.';
const accountDoor = 'PATCH /v1/customers/accounts/{accountId}, then retry the account.';
const catalogDoor = 'Publish a version of the plan that names it, then retry the account.';

const when = (isMissing: boolean, law: string, missing: string, wayOut: string): LawFault[] =>
  isMissing ? [{ law, missing, wayOut }] : [];

/** All that is missing at once, before a number is taken: what is issued never changes. */
export const lawFaults = (
  bill: LawfulBill,
  seller: Seller,
  terms: SellerTerms,
  account: BilledParty,
  country: string,
): LawFault[] =>
  requirementsOf(country).flatMap((requirement) => requirement({ bill, seller, terms, account, country }));

/** One sentence for the account that is set aside. */
export const faultText = (faults: readonly LawFault[]): string | null =>
  faults.length === 0
    ? null
    : `The bill lacks what the law requires. ${faults
        .map(({ law, missing, wayOut }) => `${missing} (${law}): ${wayOut}`)
        .join(' ')}`;

const blank = (text: string | null | undefined): boolean => !text || text.trim() === '';
const nameless = ({ description }: Pick<BillLine, 'description'>): boolean => blank(description);
const lineNos = (lines: readonly BillLine[]): string => lines.map(({ lineNo }) => lineNo).join(', ');

/** Everywhere: a bill nobody can be asked about, or that names nobody, is none. */
const parties: Requirement = ({ seller, account }) => [
  ...when(blank(seller.legalName), vat('5'), 'The seller has no legal name', profileDoor),
  ...when(seller.addressLines.every(blank), vat('5'), 'The seller has no address', profileDoor),
  ...when(blank(account.customerName), vat('5'), 'The customer has no name', accountDoor),
  ...when(
    account.address.lines.every(blank) || blank(account.address.country),
    vat('5'),
    'The customer has no postal address',
    accountDoor,
  ),
];

const european: Requirement = ({ bill, terms, country }) => {
  const { lines, taxes, untaxed = [], exemptions = [], supply } = bill;
  const isReverse = untaxed.some(({ reason }) => reason === 'reverseCharge');
  const charges = taxes.some(({ levy }) => levy === undefined || levy === 'tax') || isReverse;
  const unnamed = lines.filter(nameless);
  const unlawful = untaxed.filter(({ law, reason }) => reason !== 'notCharged' && blank(law));
  return [
    ...when(
      charges && !isVatNumber(terms.taxRegistration, country),
      vat('3'),
      `The seller has no VAT number of ${country}`,
      `Give taxRegistration, ${vatPrefix(country)} and up to 12 letters and digits: ${sellerDoor}`,
    ),
    ...when(
      isReverse && supply?.note !== 'Reverse charge',
      vat('11a'),
      'The words “Reverse charge” are missing',
      'Set the account’s place anew, then retry the account.',
    ),
    ...when(
      isReverse && blank(supply?.vatNumber),
      vat('4'),
      'The customer’s VAT number is missing',
      'Give it with the account’s tax place, then retry the account.',
    ),
    ...when(unnamed.length > 0, vat('6'), `What line ${lineNos(unnamed)} is for is not said`, catalogDoor),
    ...when(
      unlawful.length > 0 || exemptions.some(({ reason }) => blank(reason)),
      vat('11'),
      'An exemption does not say under which law',
      'Complete the tax table or the certificate, then retry the account.',
    ),
    ...when(
      taxes.some(({ percent, rate }) => percent === null && blank(rate)),
      vat('9'),
      'A tax does not say its rate',
      'Complete the tax table, then retry the account.',
    ),
  ];
};

const american: Requirement = ({ bill, seller }) => {
  const unnamed = bill.lines.filter(nameless);
  const unknown = bill.lines.filter(({ provider }) => provider && blank(provider.name));
  return [
    ...when(blank(seller.name), billing('a)(1'), 'The provider has no name that customers know', profileDoor),
    ...when(
      unknown.length > 0,
      billing('a)(1'),
      `The provider of line ${lineNos(unknown)} is not named`,
      `Name it in thirdParties: ${sellerDoor}`,
    ),
    ...when(
      unnamed.length > 0,
      billing('b'),
      `What line ${lineNos(unnamed)} is for is not said`,
      catalogDoor,
    ),
    ...when(
      blank(seller.supportPhone),
      billing('d'),
      'There is no number to call about the bill',
      profileDoor,
    ),
  ];
};

/** VAT numbers of Greece and Northern Ireland have a prefix of their own. */
const vatPrefix = (country: string): string => (country === 'GR' ? 'EL' : country);

const isVatNumber = (text: string | null, country: string): boolean => {
  const number = (text ?? '').replace(/[ .-]/g, '').toUpperCase();
  return number.startsWith(vatPrefix(country)) && /^[A-Z]{2}[0-9A-Z+*]{2,12}$/.test(number);
};

const memberStates = new Set(
  'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' '),
);
/** VAT Regulations 1995 reg. 14 asks the same of sellers in the United Kingdom. */
const asInTheUnion = new Set([...memberStates, 'GB']);

function requirementsOf(country: string): Requirement[] {
  if (asInTheUnion.has(country)) return [parties, european];
  return country === 'US' ? [parties, american] : [parties];
}
