import { addDays, type LocalDate } from '@tollkeeper/calendar';
import type { PostalAddress } from '@tollkeeper/contracts';
import { divideRounded, formatMoney } from '@tollkeeper/money';
import type { UntaxedBase } from '@tollkeeper/tax';
import type { BillExemption, BillLine, BillTax, Unit } from './bill';
import type { BillDiscount, LineDiscount } from './bill-parts';
import type { Provider } from './third-parties';

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `2026-02-01` -> `1 Feb 2026`. */
export function dateText(date: LocalDate): string {
  const [year, month, day] = date.split('-').map(Number);
  return `${day} ${months[(month ?? 1) - 1]} ${year}`;
}

/** Half-open in the books, first and last day for people. */
export const periodText = (from: LocalDate, to: LocalDate): string => {
  const last = addDays(to, -1);
  return last === from ? dateText(from) : `${dateText(from)} – ${dateText(last)}`;
};

const dataUnits = [
  { name: 'GB', bytes: 1_000_000_000n },
  { name: 'MB', bytes: 1_000_000n },
  { name: 'kB', bytes: 1_000n },
];

function dataText(bytes: number): string {
  const unit = dataUnits.find((each) => BigInt(bytes) >= each.bytes);
  if (!unit) return `${bytes} B`;
  const hundredths = divideRounded(BigInt(bytes) * 100n, unit.bytes, 'halfUp');
  return `${hundredths / 100n}.${String(hundredths % 100n).padStart(2, '0')} ${unit.name}`;
}

/** Millionths without trailing zeros: 1500000 is 1.5. */
const decimalText = (millionths: bigint): string =>
  `${millionths / 1_000_000n}.${String(millionths % 1_000_000n).padStart(6, '0')}`.replace(/\.?0+$/, '');

const timeText = (seconds: number): string => {
  const parts = [
    [Math.floor(seconds / 3600), 'h'],
    [Math.floor((seconds % 3600) / 60), 'min'],
    [seconds % 60, 's'],
  ] as const;
  const shown = parts.filter(([value]) => value > 0).map(([value, unit]) => `${value} ${unit}`);
  return shown.length > 0 ? shown.join(' ') : '0 s';
};

const unitTexts: Record<Unit, (quantity: number) => string> = {
  seconds: timeText,
  messages: (quantity) => `${quantity} ${quantity === 1 ? 'message' : 'messages'}`,
  bytes: dataText,
  millionths: (quantity) => decimalText(BigInt(quantity)),
  charge: () => '',
};

/** What was used, and how much of it the plan covered. */
export function quantityText({
  unit,
  quantity,
  includedQuantity,
  proration,
}: Pick<BillLine, 'unit' | 'quantity' | 'includedQuantity' | 'proration'>): string {
  if (unit === 'charge' && quantity > 1) return `${quantity} times`;
  if (unit === 'charge') return proration ? partText(proration) : '';
  const text = unitTexts[unit];
  if (includedQuantity === 0) return text(quantity);
  return includedQuantity >= quantity
    ? `${text(quantity)}, all included`
    : `${text(quantity)}, ${text(includedQuantity)} included`;
}

const partText = ({
  numerator,
  denominator,
  unit = 'actualDays',
}: NonNullable<BillLine['proration']>): string =>
  `${numerator} of ${denominator} ${unit === 'second' ? 'seconds' : 'days'}`;

export const taxText = ({
  name,
  percent,
  rate,
  units,
  jurisdiction,
}: Pick<BillTax, 'name' | 'percent' | 'rate' | 'units' | 'jurisdiction'>): string =>
  percent === null
    ? `${name} ${units ?? ''} x ${rate ?? ''} (${jurisdiction})`
    : `${name} ${rate ?? `${percent} %`} (${jurisdiction})`;

export const exemptionText = ({
  name,
  jurisdiction,
  certificateNumber,
  reason,
}: Pick<BillExemption, 'name' | 'jurisdiction' | 'certificateNumber' | 'reason'>): string =>
  `No ${name} (${jurisdiction}): certificate ${certificateNumber}, ${reason}`;

const untaxedReasons: Record<UntaxedBase['reason'], string> = {
  byLaw: 'by law',
  reverseCharge: 'the customer owes it',
  outsideScope: 'outside its scope',
  certificate: 'by certificate',
  notCharged: 'not charged',
};

/** What is not taxed stays to be seen on the bill. */
export const untaxedText = (
  { name, jurisdiction, reason, law, baseMinor }: UntaxedBase,
  currency: string,
): string =>
  `Not taxed: ${formatMoney({ minor: baseMinor, currency }, 'en')}, ${name} (${jurisdiction}), ${untaxedReasons[reason]}: ${law}`;

const ownFirst = (lines: readonly BillLine[]): BillLine[] => [
  ...lines.filter(({ provider }) => !provider),
  ...lines.filter(({ provider }) => provider),
];

export interface LineGroup {
  title: string;
  lines: BillLine[];
  amountMinor: number;
}

/** What a line is for, as it is printed. */
export const lineText = ({ description, corrects }: Pick<BillLine, 'description' | 'corrects'>): string =>
  corrects && !description.startsWith('Correction')
    ? `${description}, correction of an earlier bill`
    : description;

/** Promotions of a line or a plan stand below their line, those of the bill at its end. */
export const shownDiscounts = ({ discounts = [] }: Pick<BillLine, 'discounts'>): LineDiscount[] =>
  discounts.filter(({ level, amountMinor }) => level !== 'bill' && amountMinor !== 0);

export function billDiscountText({ name, value, use, of, code }: BillDiscount): string {
  const capped = value.off === 'percentage' && value.atMostMinor !== undefined ? ['capped'] : [];
  const percent = value.off === 'percentage' ? [`${value.percent} %`, ...capped] : [];
  const period = use !== null && of !== null ? [`${use} of ${of}`] : [];
  const details = [...percent, ...(code ? [`code ${code}`] : []), ...period];
  return details.length > 0 ? `${name} (${details.join(', ')})` : name;
}

const providerTitle = ({ name, phone }: Provider): string =>
  `Charges of another provider: ${name}${phone ? `, questions to ${phone}` : ''}`;

/** Lines as they are printed: number by number, then what is collected for others. */
export function groupLines(lines: readonly BillLine[]): LineGroup[] {
  const groups = new Map<string, LineGroup>();
  for (const line of ownFirst(lines)) {
    const title = line.provider
      ? providerTitle(line.provider)
      : line.number
        ? `+${line.number}`
        : line.subscriptionId
          ? `Line ${line.subscriptionId}`
          : 'Shared by all lines';
    const group = groups.get(title) ?? { title, lines: [], amountMinor: 0 };
    groups.set(title, {
      ...group,
      lines: [...group.lines, line],
      amountMinor: shownDiscounts(line).reduce(
        (sum, { amountMinor }) => sum + amountMinor,
        group.amountMinor + line.amountMinor,
      ),
    });
  }
  return [...groups.values()];
}

const regionNames = new Intl.DisplayNames('en', { type: 'region', fallback: 'code' });

export const countryText = (country: string): string =>
  /^[A-Z]{2}$/.test(country) ? (regionNames.of(country) ?? country) : country;

const cityFirst = new Set(['US', 'CA', 'MX', 'GB', 'AU']);

/** Street lines, then city and post code in the country's order, then the country. */
export function addressText({ lines, city, region, postalCode, country }: PostalAddress): string {
  const parts = cityFirst.has(country) ? [city, region, postalCode] : [postalCode, city];
  return [...lines, parts.filter(Boolean).join(' '), countryText(country)].join('\n');
}

/** Beyond Latin-1, these are in the encoding of a PDF's built-in fonts. */
const alsoPrintable = '€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ';
const withoutMark: Readonly<Record<string, string>> = {
  ł: 'l',
  Ł: 'L',
  đ: 'd',
  Đ: 'D',
  ı: 'i',
  '\u202f': ' ',
  '\u00a0': ' ',
  '\u2212': '-',
};

/** Built-in fonts print Western European text; other letters lose their marks rather than become noise. */
export const printable = (text: string): string =>
  [...text.normalize('NFC')].map((letter) => (isPrintable(letter) ? letter : plain(letter))).join('');

const isPrintable = (letter: string): boolean =>
  letter === '\n' ||
  (letter >= ' ' && letter <= 'ÿ' && letter !== '\u00a0') ||
  alsoPrintable.includes(letter);

const plain = (letter: string): string => {
  const base = withoutMark[letter] ?? letter.normalize('NFD').replace(/\p{M}/gu, '');
  return [...base].every(isPrintable) ? base : '?';
};
