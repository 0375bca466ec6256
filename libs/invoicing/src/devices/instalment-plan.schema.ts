import type { Instant } from '@tollkeeper/calendar';
import { defineCollection, rowSchema } from '@tollkeeper/platform';
import type { InstalmentPlan } from '../domain/devices/instalment-plan';

export interface InstalmentPlanRow extends InstalmentPlan {
  _id: string;
  reason: string;
  /** Something of it is still to be billed: the delivery, or an instalment. */
  open: boolean;
  soldAt: Instant;
  /** Rises with every change; a change is written only onto what it was decided on. */
  revision: number;
}

const text = { type: String, required: true };
const long = { type: BigInt, required: true };
const count = { type: Number, required: true };

export const InstalmentPlans = defineCollection<InstalmentPlanRow>(
  'instalmentPlans',
  rowSchema({
    _id: text,
    planId: text,
    accountId: text,
    subscriptionId: String,
    name: text,
    offeringId: String,
    offeringVersion: Number,
    currency: text,
    taxCode: text,
    priceMinor: long,
    downPaymentMinor: long,
    valueMinor: long,
    deliveredOn: text,
    onTermination: text,
    instalments: [
      rowSchema({
        no: count,
        dueOn: text,
        amountMinor: long,
        reducedMinor: long,
        billedBy: rowSchema({ invoiceId: text, periodTo: text, because: text }),
      }),
    ],
    endedEarly: rowSchema({ on: text, because: text }),
    sale: rowSchema({ invoiceId: text, periodTo: text }),
    credits: [
      rowSchema({
        creditNoteId: text,
        on: text,
        kind: text,
        totalMinor: long,
        offInstalmentsMinor: long,
        accountCreditMinor: long,
      }),
    ],
    cancelledAt: String,
    reason: text,
    open: { type: Boolean, required: true },
    soldAt: text,
    revision: count,
  }),
  [{ keys: { accountId: 1, open: 1 } }, { keys: { soldAt: -1, _id: -1 } }],
);
