import type { LocalDate } from '@tollkeeper/calendar';
import type { AccountProfile, OfferingVersion } from '@tollkeeper/contracts';
import {
  type AssessedTax,
  type CappedBefore,
  keepingGross,
  type ServedLine,
  type TaxableCharge,
  type TaxAssessment,
  type TaxEngine,
  type TaxInput,
  type UntaxedBase,
} from '@tollkeeper/tax';
import type { BillExemption, BillLine, BillTax } from './bill';
import { lineIdOf, serviceMonth } from './capped-before';
import { isMove } from './devices/device-lines';
import { netOfTax, taxPartsOf } from './line-parts';
import { type LinePlace, linePlaceOf, placesOf, type TaxPlace, unruledAt } from './tax-place';
import type { TaxSettings } from './tax-settings';

export interface BillTaxInput {
  account: AccountProfile;
  offerings: readonly OfferingVersion[];
  /** The cut-off day: a preview, a repeat and the bill itself have the same. */
  billDate: LocalDate;
  engine: TaxEngine;
  settings: TaxSettings;
  place: TaxPlace | null;
  served: ServedLine[];
  /** What other bills have taxed of months whose tax is capped. Absent: nothing. */
  cappedBefore?: ReadonlyMap<string, CappedBefore>;
}

interface BillTaxes {
  lines: BillLine[];
  taxes: BillTax[];
  /** The carrier's own charges for what it has to pay: they are no taxes, and belong to the net. */
  recoveryFees: BillTax[];
  exemptions: BillExemption[];
  untaxed: UntaxedBase[];
}

/** Taxes, government fees and recovery fees of a bill's lines, and of the lines in service. */
export function billTaxes(lines: BillLine[], input: BillTaxInput): BillTaxes {
  const asked = taxInput(lines, input);
  if (!input.settings.pricesIncludeTax) return outcome(lines, input.engine.assess(asked), input);
  const charges = input.engine.net(asked);
  const net = amountsOf(charges);
  const { taxes, untaxed } = input.engine.assess({ ...asked, charges });
  return outcome(
    lines.map((line) => netOfTax(line, net, input.offerings)),
    { taxes: keepingGross(taxes, asked.charges, charges), untaxed },
    input,
  );
}

const amountsOf = (charges: readonly TaxableCharge[]): Map<string, number> =>
  new Map(charges.map(({ chargeId, amountMinor }) => [chargeId, amountMinor]));

function taxInput(lines: readonly BillLine[], input: BillTaxInput): TaxInput {
  const { account, place, settings, served, billDate } = input;
  const unruled = unruledAt(place);
  return {
    currency: account.currency,
    triggers: ['bill', 'lineMonth'],
    billDate,
    segment: place?.customer ?? 'consumer',
    jurisdictions: placesOf(account.address, place),
    charges: lines.flatMap((line) => chargesOf(line, place)),
    lines: served,
    certificates: account.taxCertificates ?? [],
    notCharged: settings.notCharged,
    shares: settings.shares,
    ...(input.cappedBefore ? { cappedBefore: input.cappedBefore } : {}),
    ...(place?.treatment === 'reverseCharge' ? { reverseCharge: true } : {}),
    ...(unruled ? { unruled } : {}),
  };
}

/** The tax on a device is due with its delivery, on its whole price: what is paid of it later carries none. */
const chargesOf = (line: BillLine, place: TaxPlace | null): TaxableCharge[] =>
  isMove(line)
    ? []
    : taxPartsOf(line).map((part) => ({
        ...part,
        from: line.from,
        to: line.to,
        ...lineIdOf(line),
        ...serviceMonth(line),
        ...(suppliedOnce.has(line.kind) ? { suppliedOn: line.from } : {}),
        ...placeOfLine(linePlaceOf(place, line.subscriptionId)),
        ...(line.unit === 'seconds' ? { minutes: Math.ceil(line.quantity / 60) } : {}),
      }));

function placeOfLine(place: LinePlace | undefined): Pick<TaxableCharge, 'jurisdictions' | 'unruled'> {
  if (!place) return {};
  const unruled = unruledAt(place);
  return { jurisdictions: place.jurisdictions, ...(unruled ? { unruled } : {}) };
}

const suppliedOnce = new Set<BillLine['kind']>(['oneOff', 'device']);

function outcome(lines: BillLine[], { taxes, untaxed }: TaxAssessment, { account }: BillTaxInput): BillTaxes {
  const billed = taxes.map(billTaxOf);
  return {
    lines,
    taxes: billed.filter(({ levy }) => levy !== 'recoveryFee'),
    recoveryFees: billed.filter(({ levy }) => levy === 'recoveryFee'),
    exemptions: untaxed.flatMap((base) => exemptionOf(base, account)),
    untaxed: untaxed.filter(({ reason }) => reason !== 'certificate'),
  };
}

const billTaxOf = ({ parts, ...tax }: AssessedTax): BillTax => ({
  ...tax,
  parts: parts.filter(({ amountMinor, baseMinor }) => amountMinor !== 0 || baseMinor !== 0),
});

function exemptionOf(base: UntaxedBase, { taxCertificates = [] }: AccountProfile): BillExemption[] {
  if (base.reason !== 'certificate' || base.certificateNumber === null) return [];
  const { taxId, name, jurisdiction, percent, certificateNumber, baseMinor } = base;
  const reason = taxCertificates.find(({ number }) => number === certificateNumber)?.reason ?? '';
  return [{ taxId, name, jurisdiction, percent: percent ?? '', certificateNumber, reason, baseMinor }];
}
