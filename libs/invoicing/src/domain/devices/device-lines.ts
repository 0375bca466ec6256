import { addDays, type LocalDate, localDateOf } from '@tollkeeper/calendar';
import type { AccountProfile } from '@tollkeeper/contracts';
import { formatMoney } from '@tollkeeper/money';
import type { BilledOnce, BillLine, DeviceStep } from '../bill';
import { numberOf } from '../charge-holders';
import {
  type DueBecause,
  type Instalment,
  type InstalmentPlan,
  leftOfInstalment,
  sumLeft,
} from './instalment-plan';

type DraftLine = Omit<BillLine, 'lineNo'>;

interface DeviceInput {
  account: AccountProfile;
  cycle: { zone: string };
  cutOffOn: LocalDate;
  /** Absent: none. */
  devices?: readonly InstalmentPlan[];
  billedOnce?: BilledOnce;
}

const kinds: ReadonlySet<string> = new Set(['device', 'financed', 'instalment']);

/** The price of a device and how it is paid: no promotion lowers it, and no minimum counts it. */
export const isOfDevice = ({ kind }: Pick<BillLine, 'kind'>): boolean => kinds.has(kind);

/** Moves a debt: no revenue, no tax. */
export const isMove = ({ kind }: Pick<BillLine, 'kind'>): boolean =>
  kind === 'financed' || kind === 'instalment';

export const saleKey = (planId: string): string => `device/${planId}`;

const instalmentKey = (planId: string, no: number): string => `instalment/${planId}/${no}`;

/** Instalments that a line asks for. */
export const instalmentNos = ({ no, through }: Pick<DeviceStep, 'no' | 'through'>): number[] =>
  Array.from({ length: through - no + 1 }, (_, at) => no + at);

/** Which keys no other live bill may have: a line that asks for all the rest has one for each instalment. */
export const keysOfLine = ({ kind, device, onceKey }: DraftLine): string[] => {
  if (kind === 'instalment' && device)
    return instalmentNos(device).map((no) => instalmentKey(device.planId, no));
  return onceKey === undefined ? [] : [onceKey];
};

export const deviceKeys = (plans: readonly InstalmentPlan[]): string[] =>
  plans.flatMap(({ planId, instalments }) => [
    saleKey(planId),
    ...instalments.map(({ no }) => instalmentKey(planId, no)),
  ]);

/** The delivery with its whole price, then what is due of it; what other live bills have is left out. */
export function deviceLines(given: DeviceInput & { oneOffUntil?: LocalDate }): DraftLine[] {
  // A bill on demand asks for what is due today, not for what falls due until the cycle's cut-off.
  const input = { ...given, cutOffOn: given.oneOffUntil ?? given.cutOffOn };
  const { devices = [], cutOffOn } = input;
  return devices
    .filter(({ cancelledAt, deliveredOn }) => cancelledAt === null && deliveredOn < cutOffOn)
    .flatMap((plan) => [...saleLines(plan, input), ...instalmentLines(plan, input)]);
}

function saleLines(plan: InstalmentPlan, input: DeviceInput): DraftLine[] {
  const { planId, name, priceMinor, downPaymentMinor, deliveredOn, instalments } = plan;
  if (input.billedOnce?.has(saleKey(planId))) return [];
  const financedMinor = priceMinor - downPaymentMinor;
  const of = instalments.length;
  const step = { planId, no: 0, through: 0, of, left: of, leftMinor: financedMinor };
  const line = (kind: 'device' | 'financed', description: string, amountMinor: number): DraftLine => ({
    ...plainOf(plan, input, deliveredOn),
    kind,
    description,
    amountMinor,
    device: { ...step, because: 'schedule' },
  });
  return [
    { ...line('device', name, priceMinor), onceKey: saleKey(planId) },
    line('financed', `${name}: to be paid in ${of} instalments`, -financedMinor),
  ];
}

function instalmentLines(plan: InstalmentPlan, input: DeviceInput): DraftLine[] {
  const { cutOffOn, billedOnce = new Set<string>() } = input;
  const open = plan.instalments.filter(
    (each) => leftOfInstalment(each) > 0 && !billedOnce.has(instalmentKey(plan.planId, each.no)),
  );
  const due = open.filter(({ dueOn }) => dueOn < cutOffOn);
  const later = open.filter(({ dueOn }) => dueOn >= cutOffOn);
  const end = endOf(plan, input);
  return [
    ...due.map((each) => instalmentLine(plan, input, [each], 'schedule', each.dueOn)),
    ...(end && later.length > 0 ? [instalmentLine(plan, input, later, end.because, end.on)] : []),
  ];
}

/** By word of a person, or because the service that it was sold with has ended. */
function endOf(
  { endedEarly, onTermination, subscriptionId }: InstalmentPlan,
  { account, cycle, cutOffOn }: DeviceInput,
): { on: LocalDate; because: DueBecause } | null {
  if (endedEarly && endedEarly.on < cutOffOn) return endedEarly;
  const service = account.subscriptions.find((each) => each.subscriptionId === subscriptionId);
  if (onTermination !== 'accelerate' || !service?.activeTo || service.slice?.continues) return null;
  // The device goes back, or is paid on as agreed: a person says which (Directive 2011/83/EU, Articles 14(1) and 15).
  if (service.withdrawn) return null;
  const on = localDateOf(service.activeTo, cycle.zone);
  return on <= cutOffOn ? { on: on < cutOffOn ? on : addDays(on, -1), because: 'termination' } : null;
}

const reasons: Record<Exclude<DueBecause, 'schedule'>, string> = {
  payOff: 'paid off early',
  termination: 'due at once with the end of the service',
  default: 'due at once for default',
};

function instalmentLine(
  plan: InstalmentPlan,
  input: DeviceInput,
  asked: Instalment[],
  because: DueBecause,
  on: LocalDate,
): DraftLine {
  const [no, through] = [asked[0]?.no ?? 0, asked.at(-1)?.no ?? 0];
  const later = plan.instalments.filter((each) => each.no > through && leftOfInstalment(each) > 0);
  const step = { no, through, of: plan.instalments.length, left: later.length, leftMinor: sumLeft(later) };
  return {
    ...plainOf(plan, input, on),
    kind: 'instalment',
    description:
      because === 'schedule'
        ? `${plan.name}: ${progressText(step, plan.currency)}`
        : `${plan.name}: ${asked.length} remaining instalments, ${reasons[because]}`,
    amountMinor: sumLeft(asked),
    device: { planId: plan.planId, ...step, because },
  };
}

/** `instalment 3 of 24, 21 left, 504.00 remaining`. */
const progressText = (
  { no, of, left, leftMinor }: Omit<DeviceStep, 'planId' | 'because'>,
  currency: string,
) =>
  left === 0
    ? `instalment ${no} of ${of}, the last one`
    : `instalment ${no} of ${of}, ${left} left, ${formatMoney({ minor: leftMinor, currency }, 'en')} remaining`;

function plainOf(
  { planId, subscriptionId, taxCode, offeringId, offeringVersion, priceMinor }: InstalmentPlan,
  { account }: DeviceInput,
  on: LocalDate,
): DraftLine {
  const service = account.subscriptions.find((each) => each.subscriptionId === subscriptionId);
  return {
    kind: 'device',
    subscriptionId,
    number: service ? numberOf(service) : null,
    description: '',
    from: on,
    to: addDays(on, 1),
    quantity: 1,
    unit: 'charge',
    includedQuantity: 0,
    records: 0,
    amountMicro: null,
    amountMinor: 0,
    taxCode,
    revenueCategory: 'device',
    deferred: false,
    offeringId: offeringId ?? '',
    offeringVersion,
    chargeKey: null,
    proration: null,
    periodIds: [],
    price: { chargeId: planId, amountMinor: priceMinor, source: 'placed', sourceId: planId },
  };
}
