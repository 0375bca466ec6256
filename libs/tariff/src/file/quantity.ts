import type { AllowanceKind, UsageType } from '@tollkeeper/contracts';
import { suggestion } from './nearest-name';

/** What a unit counts; a quantity fits only usage that is counted so. */
export type Dimension = 'time' | 'data' | 'messages' | 'events' | 'money';

interface Unit {
  dimension: Dimension;
  /** In base units: seconds, bytes, messages, millionths of an event, or of the currency. */
  size: bigint;
}

const kilo = 1000n;
const kibi = 1024n;
const time = (size: bigint): Unit => ({ dimension: 'time', size });
const data = (size: bigint): Unit => ({ dimension: 'data', size });
const messages: Unit = { dimension: 'messages', size: 1n };
const events: Unit = { dimension: 'events', size: 1_000_000n };
const money: Unit = { dimension: 'money', size: 1_000_000n };

/** Decimal and binary units by their names in IEC 80000-13: kB is 10^3 bytes, KiB 2^10. */
export const units: Readonly<Record<string, Unit>> = {
  s: time(1n),
  second: time(1n),
  seconds: time(1n),
  min: time(60n),
  minute: time(60n),
  minutes: time(60n),
  h: time(3600n),
  hour: time(3600n),
  hours: time(3600n),
  B: data(1n),
  byte: data(1n),
  bytes: data(1n),
  kB: data(kilo),
  MB: data(kilo ** 2n),
  GB: data(kilo ** 3n),
  TB: data(kilo ** 4n),
  KiB: data(kibi),
  MiB: data(kibi ** 2n),
  GiB: data(kibi ** 3n),
  TiB: data(kibi ** 4n),
  message: messages,
  messages,
  event: events,
  events,
};

const unitNames = Object.keys(units);

export const usageTypes = [
  'voice',
  'video',
  'sms',
  'mms',
  'data',
  'event',
] as const satisfies readonly UsageType[];

export const isUsageType = (value: unknown): value is UsageType => usageTypes.some((name) => name === value);

export const dimensionOf = (usageType: AllowanceKind): Dimension => {
  switch (usageType) {
    case 'voice':
    case 'video':
      return 'time';
    case 'sms':
    case 'mms':
      return 'messages';
    case 'data':
      return 'data';
    case 'event':
      return 'events';
    case 'money':
      return 'money';
  }
};

const baseNames: Record<Dimension, { counted: string; base: string; sample: string }> = {
  time: { counted: 'time', base: 'seconds', sample: '"60 s" or "1 min"' },
  data: { counted: 'data', base: 'bytes', sample: '"5 GB" or "1 MiB"' },
  messages: { counted: 'messages', base: 'messages', sample: '"1 message"' },
  events: { counted: 'events', base: 'millionths of an event', sample: '"1 event"' },
  money: { counted: 'money', base: 'millionths of the plan’s currency', sample: '"10.00"' },
};

/** A quantity with its unit, before it is known which usage it is for. */
export class Quantity {
  constructor(
    readonly text: string,
    readonly dimension: Dimension,
    readonly baseUnits: number,
  ) {}

  /** Why it can't be a quantity of such usage; `null` for usage of several kinds. */
  faultFor(wanted: Dimension | null): string | null {
    if (wanted === this.dimension) return null;
    if (this.dimension === 'money') return withoutUnit(this.text);
    const own = baseNames[this.dimension];
    if (wanted === null)
      return `"${this.text}" is ${own.counted}, but the price is not for such usage alone: name its usageTypes, or write a whole number of base units`;
    const { counted, base, sample } = baseNames[wanted];
    return `"${this.text}" is ${own.counted}, but this usage is counted in ${base}: write ${counted} such as ${sample}`;
  }
}

const wellFormed = /^(\d{1,16})(?:\.(\d{1,12}))? ?([A-Za-z]+)$/;

/** As JSON Schema and editors check it; `readQuantity` says more. */
export const quantityPattern = new RegExp(`^\\d{1,16}(\\.\\d{1,12})? ?(${unitNames.join('|')})$`);
/** Where money may be meant too. */
export const amountPattern = new RegExp(`^\\d{1,16}(\\.\\d{1,12})?( ?(${unitNames.join('|')}))?$`);

const withoutUnit = (text: string): string =>
  `"${text}" has no unit: write a unit ("${text} s", "${text} MB"), or the number of base units without quotes`;

const plainAmount = /^(\d{1,16})(?:\.(\d{1,12}))?$/;

/** Reads "5 GB", or says what is wrong and how to write it. What can be read in two ways is refused. */
export function readQuantity(text: string): Quantity | { fault: string } {
  const trimmed = text.trim();
  if (/^-/.test(trimmed)) return { fault: `"${text}" is negative: a quantity is never less than 0` };
  if (/^\d+$/.test(trimmed)) return { fault: withoutUnit(trimmed) };
  if (/^\d[\d.]*,\d|^\d{1,3}( \d{3})+/.test(trimmed))
    return {
      fault: `"${text}" can be read in two ways: no commas and no spaces inside the number, and a point before decimals ("1.5 GB")`,
    };
  const [, whole, decimals = '', name = ''] = wellFormed.exec(trimmed) ?? [];
  if (whole === undefined)
    return {
      fault: `"${text}" is no quantity: write a number, a space and a unit, such as "60 s", "5 GB" or "1 message"`,
    };
  const unit = Object.hasOwn(units, name) ? units[name] : undefined;
  if (!unit) return { fault: faultOfUnit(text, whole + (decimals && `.${decimals}`), name) };
  return scaled(text, BigInt(whole + decimals), 10n ** BigInt(decimals.length), unit);
}

/** The same where money may be meant: an amount of the plan's currency is written without a unit, as prices are. */
export function readAmount(text: string): Quantity | { fault: string } {
  const [, major, minor = ''] = plainAmount.exec(text.trim()) ?? [];
  return major === undefined
    ? readQuantity(text)
    : scaled(text, BigInt(major + minor), 10n ** BigInt(minor.length), money);
}

function scaled(
  text: string,
  digits: bigint,
  scale: bigint,
  { dimension, size }: Unit,
): Quantity | { fault: string } {
  const { base } = baseNames[dimension];
  const product = digits * size;
  if (product % scale !== 0n) return { fault: `"${text}" is no whole number of ${base}` };
  const baseUnits = product / scale;
  if (baseUnits > BigInt(Number.MAX_SAFE_INTEGER))
    return { fault: `"${text}" is more than ${Number.MAX_SAFE_INTEGER} ${base}` };
  return new Quantity(text, dimension, Number(baseUnits));
}

const prefixes = ['k', 'M', 'G', 'T'];

/** K and M alone, bits, and letter cases that stand for something else. */
function faultOfUnit(text: string, number: string, unit: string): string {
  const [, prefix = '', binary = '', last = ''] = /^([kmgt])(i?)([b]?)$/i.exec(unit) ?? [];
  const known = prefixes.find((each) => each.toLowerCase() === prefix.toLowerCase());
  if (!known)
    return unit.toLowerCase().startsWith('bit')
      ? `"${text}" is in bits: usage is counted in bytes (8 bits), write "B", "kB", "MB" ...`
      : `"${text}": "${unit}" is not a unit${suggestion(unit, unitNames)}`;
  const decimal = `${known}B`;
  const binaryUnit = `${known.toUpperCase()}iB`;
  const [thousands, kibis] = [`"${number} ${decimal}"`, `"${number} ${binaryUnit}"`];
  if (unit === 'm')
    return `"${text}" can be read in two ways: write "${number} min" for minutes or "${number} MB" for megabytes`;
  if (binary && last) return `"${text}": "${unit}" is not a unit: write ${kibis} (bytes by 1024)`;
  return `"${text}" can be read in two ways: write ${thousands} (bytes by 1000) or ${kibis} (bytes by 1024)${last === 'b' ? '; small b is bits, which are not counted' : ''}`;
}
