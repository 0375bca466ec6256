import { addDays, type LocalDate } from '@tollkeeper/calendar';
import type { PostalAddress, RoundingMode, TaxCertificate } from '@tollkeeper/contracts';
import { parseRate, percentageOf } from '@tollkeeper/money';
import type { BillExemption, BillLine, BillTax } from './bill';

/** A dated row of the tax table: which law, which rate, on which charges, where. */
export interface TaxRate {
  taxId: string;
  name: string;
  /** `DE`, or `US-CA` for a region. */
  jurisdiction: string;
  taxCodes: string[];
  /** Decimal string; `0` says that the law leaves these charges untaxed. */
  percent: string;
  rounding: RoundingMode;
  validFrom: LocalDate;
  /** First day on which it holds no more. */
  validTo: LocalDate | null;
  law: string;
}

type Taxable = Pick<BillLine, 'taxCode' | 'amountMinor' | 'to'>;

/** Country and region of the account; both may tax the same charge. */
export const jurisdictionsOf = ({ country, region }: PostalAddress): string[] =>
  region ? [country, `${country}-${region}`] : [country];

/**
 * One tax line per rate on the sum of what it taxes. The rate is the one of the last service day, so that a charge
 * up to the day of a change keeps the old one. A charge that no row speaks of is refused: never billed untaxed by
 * omission. A certificate that is valid on that day frees the charge of its jurisdiction's tax, and is named.
 */
export function taxesOf(
  lines: readonly Taxable[],
  rates: readonly TaxRate[],
  address: PostalAddress,
  certificates: readonly TaxCertificate[],
): { taxes: BillTax[]; exemptions: BillExemption[] } {
  const places = jurisdictionsOf(address);
  const bases = new Map<TaxRate, number>();
  const freed = new Map<string, BillExemption>();
  for (const line of lines.filter(({ amountMinor }) => amountMinor !== 0)) {
    for (const rate of ratesFor(line, rates, places).filter(({ percent }) => parseRate(percent) !== 0n)) {
      const certificate = certificateFor(certificates, rate, addDays(line.to, -1));
      if (!certificate) bases.set(rate, (bases.get(rate) ?? 0) + line.amountMinor);
      else {
        const key = `${orderOf(rate)} ${certificate.certificateId}`;
        const before = freed.get(key)?.baseMinor ?? 0;
        freed.set(key, exemptionOf(rate, certificate, before + line.amountMinor));
      }
    }
  }
  return {
    taxes: [...bases].map(([rate, baseMinor]) => taxOf(rate, baseMinor)).sort(byOrder),
    exemptions: [...freed.values()].sort(byOrder),
  };
}

export const taxLines = (
  lines: readonly Taxable[],
  rates: readonly TaxRate[],
  address: PostalAddress,
): BillTax[] => taxesOf(lines, rates, address, []).taxes;

/** Of exactly the rate's jurisdiction: a region's certificate says nothing of the country's tax. */
export const certificateFor = (
  certificates: readonly TaxCertificate[],
  { jurisdiction }: Pick<TaxRate, 'jurisdiction'>,
  on: LocalDate,
): TaxCertificate | undefined =>
  certificates.find(
    (each) =>
      each.jurisdiction === jurisdiction &&
      each.validFromOn <= on &&
      (each.validToOn === null || on < each.validToOn),
  );

const exemptionOf = (
  { taxId, name, jurisdiction, percent }: TaxRate,
  { number, reason }: TaxCertificate,
  baseMinor: number,
): BillExemption => ({ taxId, name, jurisdiction, percent, certificateNumber: number, reason, baseMinor });

export const ratesInForce = (
  taxCode: string,
  on: LocalDate,
  rates: readonly TaxRate[],
  places: string[],
): TaxRate[] =>
  rates.filter(
    ({ jurisdiction, taxCodes, validFrom, validTo }) =>
      places.includes(jurisdiction) &&
      taxCodes.includes(taxCode) &&
      validFrom <= on &&
      (validTo === null || on < validTo),
  );

function ratesFor({ taxCode, to }: Taxable, rates: readonly TaxRate[], places: string[]): TaxRate[] {
  const on = addDays(to, -1);
  const found = ratesInForce(taxCode, on, rates, places);
  if (found.length === 0)
    throw new Error(`No tax rate for tax code "${taxCode}" in ${places.join(' or ')} on ${on}`);
  return found;
}

function taxOf({ taxId, name, jurisdiction, percent, rounding, law }: TaxRate, baseMinor: number): BillTax {
  return {
    taxId,
    name,
    jurisdiction,
    percent,
    rounding,
    law,
    baseMinor,
    amountMinor: percentageOf(baseMinor, percent, rounding),
  };
}

type Ordered = Pick<BillTax, 'jurisdiction' | 'taxId' | 'percent'>;

const orderOf = ({ jurisdiction, taxId, percent }: Ordered): string => `${jurisdiction} ${taxId} ${percent}`;
const byOrder = (left: Ordered, right: Ordered): number => (orderOf(left) < orderOf(right) ? -1 : 1);
