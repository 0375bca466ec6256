import { clockStartsAt } from "../../tools/sample/operator";
import { CommerceOf } from "./commercial-language";
import { Corrections } from "./corrections-language";
import { Operator, type Subscriber } from "./operator";
import { OrderCounter } from "./orders-language";

const idOf = (name: string): string => name.toLowerCase().replaceAll(" ", "-");

const plan = (
  name: string,
  amountMinor: number,
  charge: object = {},
  more: object = {},
) => ({
  ...{
    offeringId: idOf(name),
    name,
    currency: "USD",
    validFrom: clockStartsAt,
    deckId: "pinewood-retail",
  },
  ...{ allowances: [], usageTaxCode: "ten", paidInAdvance: null },
  recurringCharges: [
    {
      ...{
        chargeId: "fee",
        name,
        amountMinor,
        timing: "inArrears",
        per: "subscription",
      },
      ...{ prorate: true, taxCode: "ten", revenueCategory: "recurring" },
      ...charge,
    },
  ],
  ...more,
});

const ahead = { timing: "inAdvance", proration: { refundUnused: true } };
const ownMonth = { every: { unit: "month", count: 1 } };
const percentage = (discountId: string, level: string, value: object) => ({
  ...{ discountId: idOf(discountId), name: discountId, level },
  value: { off: "percentage", ...value },
});
const least = {
  minimumId: "least",
  name: "Least",
  amountMinor: 3000,
  of: "all",
};
const asService = { taxCode: "ten", revenueCategory: "recurring" };

/** Prices of which a day of January costs a whole number of cents. */
const offerings = [
  plan("Thirty-one", 3100),
  plan("Own month ahead", 3100, { ...ahead, ...ownMonth }),
  plan("Own month after", 3100, ownMonth),
  plan("Small", 2800, ahead),
  plan("Large", 5600, ahead),
  plan("Huge", 8400, ahead),
  plan("Stops", 2800, { whileRestricted: { paused: "stop" } }),
  plan("Thirty days", 3000, { proration: { unit: "thirtyDayMonth" } }),
  plan("Last day", 3100, { proration: { firstDay: false, lastDay: true } }),
  plan("Penny", 300),
  plan("Voice", 3000, { taxCode: "voice" }),
  plan(
    "Capped",
    4000,
    {},
    {
      discounts: [
        percentage("a fifth", "plan", { percent: "20", atMostMinor: 500 }),
        percentage("a tenth", "bill", { percent: "10" }),
      ],
    },
  ),
  plan(
    "Least",
    2000,
    {},
    { commitment: { minimums: [{ ...least, ...asService }] } },
  ),
  plan(
    "A year",
    3100,
    {},
    {
      commitment: {
        termMonths: 12,
        earlyTermination: {
          ...{ name: "Leaving early", ...asService },
          charge: { fee: "perRemainingMonth", amountMinor: 1000 },
        },
      },
    },
  ),
];

const albany = {
  lines: ["1 Maple Avenue"],
  city: "Albany",
  region: "NY",
  postalCode: "12207",
  country: "US",
};

const since = { validFrom: "2015-01-01", law: "a law" };
const rates = [
  {
    ...since,
    taxId: "ten",
    name: "Ten",
    jurisdiction: "US-NY",
    taxCodes: ["ten"],
    percent: "10",
  },
  {
    ...{
      ...since,
      taxId: "usf",
      name: "Recovery",
      jurisdiction: "US",
      taxCodes: ["voice"],
    },
    ...{ levy: "recoveryFee", rateDate: "billDate", rounding: "down" },
    amount: { kind: "percentage", percent: "38.1", share: "64.9" },
  },
  {
    ...{
      ...since,
      taxId: "e911",
      name: "911",
      jurisdiction: "US-NY",
      taxCodes: ["voice"],
    },
    ...{ levy: "governmentFee", trigger: "lineMonth", onPartialCredit: "keep" },
    amount: { kind: "perLine", amount: "0.50" },
  },
];

/** One operator, many customers, each of them one case. */
export class WorkedBills {
  readonly shop: CommerceOf;
  readonly counter: OrderCounter;
  readonly desk: Corrections;
  private readonly people = new Map<string, Subscriber>();

  private constructor(readonly operator: Operator) {
    this.shop = new CommerceOf(operator);
    this.counter = new OrderCounter(operator);
    this.desk = new Corrections(operator);
  }

  static async open(): Promise<WorkedBills> {
    const operator = await Operator.open();
    await operator.api.post("/v1/catalog/import", { offerings });
    await operator.api.put("/v1/invoicing/tax-rates", {
      rates,
      reason: "round rates",
    });
    await operator.settle();
    return new WorkedBills(operator);
  }

  /** `name, plan, first day`; nobody's bill falls due before the diary ends. */
  async join(
    ...joining: [name: string, planName: string, on: string][]
  ): Promise<void> {
    const accounts = joining.map(([name, planName, on], at) => {
      const no = String(at + 1).padStart(4, "0");
      const identifiers = [
        { kind: "msisdn", value: `1518557${no}` },
        { kind: "imsi", value: `31099055555${no}` },
        { kind: "iccid", value: `890199055555555${no}` },
      ];
      return {
        ...{
          externalId: name,
          customerName: name,
          email: `${name}.${this.operator.tenantId}@subscribers.example`,
        },
        ...{
          language: "en",
          address: albany,
          cycleId: this.operator.cycleId,
          termsDays: 60,
        },
        subscriptions: [
          {
            offeringId: idOf(planName),
            activeFrom: `${on}T15:00:00.000Z`,
            identifiers,
          },
        ],
      };
    });
    const joined = await this.operator.api.post<{
      accounts: {
        accountId: string;
        subscriptions: { subscriptionId: string }[];
      }[];
    }>("/v1/customers/import", { accounts });
    await this.operator.settle();
    joined.accounts.forEach(({ accountId, subscriptions: [first] }, at) => {
      const { externalId, subscriptions } = accounts[
        at
      ] as (typeof accounts)[number];
      const [msisdn, , iccid] = (subscriptions[0]?.identifiers ?? []).map(
        ({ value }) => value,
      );
      const subscriptionId = first?.subscriptionId ?? "";
      this.people.set(externalId, {
        accountId,
        subscriptionId,
        msisdn: msisdn ?? "",
        iccid: iccid ?? "",
      });
    });
  }

  who(name: string): Subscriber {
    const found = this.people.get(name);
    if (!found) throw new Error(`${name} did not join`);
    return found;
  }

  async orders(name: string, kind: string, more: object = {}): Promise<void> {
    const { subscriptionId } = this.who(name);
    await this.counter.place({
      kind,
      subscriptionId,
      reason: "asked by phone",
      ...more,
    });
  }

  /** The exact price of a change of plan, and what the next bill gains and loses by it. */
  async priceOfChange(name: string, planName: string): Promise<string[]> {
    const { accountId, subscriptionId } = this.who(name);
    const { prorated, nextBill } =
      await this.operator.api.post<PlanChangePrice>(
        "/v1/invoicing/plan-changes/preview",
        { accountId, subscriptionId, offeringId: idOf(planName) },
      );
    return [
      `prorated ${prorated.net.minor} + ${prorated.tax.minor}`,
      ...nextBill.added.map(({ sentence }) => `+ ${sentence}`),
      ...nextBill.removed.map(({ sentence }) => `- ${sentence}`),
      `bill ${nextBill.without.total.minor}, then ${nextBill.with.total.minor}`,
    ];
  }

  changes(name: string, planName: string, more: object = {}): Promise<void> {
    return this.orders(name, "planChange", {
      offeringId: idOf(planName),
      ...more,
    });
  }

  /** `what from..to amount`, promotions, own fees, tax and total of a bill, as a person reads them. */
  async bill(name: string, billNo: number): Promise<string[]> {
    const { lines, discounts, taxes, recoveryFees, total } = await this.whole(
      name,
      billNo,
    );
    return [
      ...lines.map(
        ({ description, from, to, amount }) =>
          `${description} ${day(from)}..${day(to)} ${amount.minor}`,
      ),
      ...discounts.map((each) => `${each.name} ${each.amount.minor}`),
      ...[...recoveryFees, ...taxes].map(
        ({ taxId, base, amount }) => `${taxId} ${base.minor} ${amount.minor}`,
      ),
      `total ${total.minor}`,
    ];
  }

  async whole(name: string, billNo: number): Promise<WorkedBill> {
    const { accountId } = this.who(name);
    const listed = await this.operator.api.all<{
      id: string;
      periodTo: string;
      state: string;
    }>(`/v1/invoicing/invoices?accountId=${accountId}`, ({ id }) => id);
    const ids = listed
      .filter(({ state }) => state === "finalized" || state === "cancelled")
      .sort((left, right) => (left.periodTo < right.periodTo ? -1 : 1));
    return this.operator.api.get<WorkedBill>(
      `/v1/invoicing/invoices/${ids[billNo]?.id ?? "none"}`,
    );
  }
}

const day = (date: string): string => date.slice("2026-".length);

interface Money {
  minor: number;
}

interface PlanChangePrice {
  prorated: { net: Money; tax: Money };
  nextBill: {
    added: { sentence: string }[];
    removed: { sentence: string }[];
    without: { total: Money };
    with: { total: Money };
  };
}

interface Levied {
  taxId: string;
  base: Money;
  amount: Money;
}

interface WorkedBill {
  id: string;
  open: Money;
  total: Money;
  lines: {
    lineNo: number;
    description: string;
    from: string;
    to: string;
    amount: Money;
  }[];
  discounts: { name: string; amount: Money }[];
  taxes: Levied[];
  recoveryFees: Levied[];
}
