import type { RecurringCharge, SubscriptionProfile } from '@tollkeeper/contracts';
import { type BillingInput, buildInvoice } from '../domain/build-invoice';
import { lastBilledOf } from '../domain/charged-through';
import {
  sampleAccount,
  sampleCharge,
  sampleInput,
  sampleOffering,
  sampleSubscription,
  sampleTax,
} from '../domain/sample-billing';

/**
 * A program of `npm run bench -- invoicing`: one bill in the pure domain code, on one core. 10 subscriptions with 4
 * charges each, in the middle of their life (the bill before is known), 6 tax rules; and the same with 40 subscriptions.
 */
const chargesPerSubscription = 4;
const rounds = 2_000;
const repeats = 5;
const millisCeiling = 1;
const growthCeiling = 4.6;

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const round = (value: number): number => Math.round(value * 1_000) / 1_000;

const taxCodes = ['telecom', 'voice', 'data', 'device'] as const;

const chargeOf = (no: number): RecurringCharge =>
  sampleCharge(`charge-${no}`, 999 + no * 100, {
    timing: no % 2 === 0 ? 'inAdvance' : 'inArrears',
    taxCode: taxCodes[no % taxCodes.length] ?? 'telecom',
  });

const rules = [
  ...taxCodes.map((code) => sampleTax(code, '19')),
  sampleTax('telecom', '2.5', { taxId: 'de-levy' }),
  sampleTax('data', '1.25', { taxId: 'de-fund' }),
];

function inputOf(subscriptions: number): BillingInput {
  const offerings = [
    sampleOffering(
      'plan',
      Array.from({ length: chargesPerSubscription }, (_, no) => chargeOf(no)),
    ),
  ];
  const held = Array.from({ length: subscriptions }, (_, no): SubscriptionProfile =>
    sampleSubscription(`sub_${no}`, 'plan', { activeFrom: '2026-01-12T09:00:00.000Z' }),
  );
  const first = sampleInput({ offerings, account: sampleAccount(...held), taxRules: rules });
  const billed = buildInvoice(first);
  return { ...first, cutOffOn: '2026-03-01', lastBilled: lastBilledOf('2026-02-01', billed?.charged ?? []) };
}

/** The best of some repeats: what another program takes meanwhile is no part of it. */
function millisPerBill(input: BillingInput, lines: number): number {
  let best = Infinity;
  for (let repeat = 0; repeat < repeats; repeat += 1) {
    const begun = process.hrtime.bigint();
    for (let no = 0; no < rounds / repeats; no += 1) {
      const bill = buildInvoice(input);
      if (bill?.lines.length !== lines) throw new Error(`${bill?.lines.length} lines, not ${lines}`);
    }
    const nanos = Number(process.hrtime.bigint() - begun);
    best = Math.min(best, nanos / 1e6 / (rounds / repeats));
  }
  return best;
}

const [small, large] = [10, 40];
const linesOf = (subscriptions: number): number => subscriptions * chargesPerSubscription;
const once = (subscriptions: number): number => millisPerBill(inputOf(subscriptions), linesOf(subscriptions));
once(small);
const millis = once(small);
const growth = once(large) / millis;
say(
  `one bill of ${linesOf(small)} charges: ${round(millis)} ms; of ${linesOf(large)}: ${round(growth)} times that`,
);
say(
  `FIGURES ${JSON.stringify([
    { name: 'oneInvoice', value: round(millis), unit: 'ms', atMost: millisCeiling },
    { name: 'invoiceGrowth', value: round(growth), unit: 'x time for 4x charges', atMost: growthCeiling },
  ])}`,
);
