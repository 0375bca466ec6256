/** A bill as far as it charges days and gives them back. */
export interface GivingBill {
  _id: string;
  accountId: string;
  draftedAt: string;
  replaces?: string | null;
  replacedBy?: string | null;
  credited?: { lineNo: number; netMinor: number }[];
  lines: GivingLine[];
}

interface GivingLine {
  lineNo: number;
  chargeKey: string | null;
  from: string;
  to: string;
  amountMinor: number;
  discounts?: { amountMinor: number }[];
  taxInsideMinor?: number | null;
}

interface GivenBackFault {
  invoiceId: string;
  what: string;
}

const suffix = '/givenBack';

/** Of one account: credited + given back <= billed, for each line that a later bill gave days of back. */
export function givenBackFaults(bills: readonly GivingBill[]): GivenBackFault[] {
  const standing = bills.filter(({ replacedBy }) => !replacedBy);
  const returned = new Map<GivingLine, number>();
  for (const giving of standing)
    for (const line of giving.lines.filter(({ chargeKey }) => chargeKey?.endsWith(suffix))) {
      const backMinor = -(netOf(line) - creditedOf(giving, line));
      const charged = backMinor > 0 ? chargedBy(line, giving, standing, bills) : undefined;
      if (charged) returned.set(charged, (returned.get(charged) ?? 0) + backMinor);
    }
  return standing.flatMap((bill) =>
    bill.lines.flatMap((line) => {
      const [backMinor, creditedMinor] = [returned.get(line) ?? 0, creditedOf(bill, line)];
      return backMinor > 0 && backMinor + creditedMinor > netOf(line)
        ? [
            {
              invoiceId: bill._id,
              what: `line ${line.lineNo} of ${netOf(line)}: ${creditedMinor} credited and ${backMinor} given back`,
            },
          ]
        : [];
    }),
  );
}

/** The line that billed these days last, before they were given back. */
function chargedBy(
  { chargeKey, from, to }: GivingLine,
  giving: GivingBill,
  standing: readonly GivingBill[],
  all: readonly GivingBill[],
): GivingLine | undefined {
  const charge = chargeKey?.slice(0, -suffix.length);
  const [last] = standing
    .filter((bill) => bill !== giving && bornAt(bill, all) <= bornAt(giving, all))
    .sort((one, other) => (bornAt(one, all) < bornAt(other, all) ? 1 : -1))
    .flatMap(({ lines }) =>
      lines.filter(
        (line) => line.chargeKey === charge && netOf(line) > 0 && line.from <= from && to <= line.to,
      ),
    );
  return last;
}

function bornAt(bill: GivingBill, all: readonly GivingBill[]): string {
  const first = bill.replaces ? all.find(({ _id }) => _id === bill.replaces) : undefined;
  return first ? bornAt(first, all) : bill.draftedAt;
}

const creditedOf = ({ credited = [] }: GivingBill, { lineNo }: GivingLine): number =>
  credited.find((each) => each.lineNo === lineNo)?.netMinor ?? 0;

const netOf = ({ amountMinor, discounts = [], taxInsideMinor }: GivingLine): number =>
  discounts.reduce((sum, each) => sum + each.amountMinor, amountMinor - (taxInsideMinor ?? 0));
