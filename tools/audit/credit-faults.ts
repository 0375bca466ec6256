export interface CreditedBill {
  _id: string;
  state: string;
  totalMinor: number;
  lines: {
    lineNo: number;
    amountMinor: number;
    discounts?: { amountMinor: number }[];
    taxInsideMinor?: number | null;
  }[];
  taxes: { taxId: string; jurisdiction: string; percent: string | null; amountMinor: number }[];
  credited?: { lineNo: number; netMinor: number }[];
}

export interface CreditNote {
  _id: string;
  kind: string;
  invoiceId: string;
  lines: { lineNo: number; billedMinor: number; netMinor: number }[];
  taxes: {
    taxId: string;
    jurisdiction: string;
    percent: string | null;
    amountMinor: number;
    parts: { amountMinor: number }[];
  }[];
  netMinor: number;
  taxMinor: number;
  totalMinor: number;
  openMinor: number;
  freedMinor: number;
  /** What later bills had given back: the bill stays, for that much is owed on it. */
  givenBack?: object[] | null;
  /** Set off against the debt for a device. */
  device?: { offInstalmentsMinor: number; accountCreditMinor: number } | null;
}

const sumOf = (amounts: readonly { amountMinor: number }[]): number =>
  amounts.reduce((sum, { amountMinor }) => sum + amountMinor, 0);

const netOf = ({ amountMinor, discounts = [], taxInsideMinor }: CreditedBill['lines'][number]): number =>
  amountMinor - (taxInsideMinor ?? 0) + sumOf(discounts);

/** Credited + left = billed, line by line and tax by tax; a cancelled bill has nothing left. */
export function creditFaults(bill: CreditedBill, notes: readonly CreditNote[]): string[] {
  const real = notes.filter(({ kind }) => kind !== 'exGratia');
  const faults = real.flatMap(noteFaults);
  for (const line of bill.lines) {
    const credited = real
      .flatMap(({ lines }) => lines)
      .filter(({ lineNo }) => lineNo === line.lineNo)
      .reduce((sum, { netMinor }) => sum + netMinor, 0);
    const kept = bill.credited?.find(({ lineNo }) => lineNo === line.lineNo)?.netMinor ?? 0;
    const net = netOf(line);
    if (credited !== kept)
      faults.push(`line ${line.lineNo} says ${kept} credited, its credit notes ${credited}`);
    if (Math.abs(credited) > Math.abs(net) || credited * net < 0)
      faults.push(`line ${line.lineNo}: ${credited} of ${net} credited`);
    if (bill.state === 'cancelled' && credited !== net)
      faults.push(`is cancelled, line ${line.lineNo} has ${net - credited} left`);
  }
  for (const key of new Set(bill.taxes.map(taxKey))) {
    const billed = sumOf(bill.taxes.filter((tax) => taxKey(tax) === key));
    const back = sumOf(real.flatMap(({ taxes }) => taxes).filter((tax) => taxKey(tax) === key));
    if (Math.abs(back) > Math.abs(billed)) faults.push(`${back} of ${billed} ${key} credited`);
    if (bill.state === 'cancelled' && back !== billed)
      faults.push(`is cancelled, ${billed - back} of ${key} is left`);
  }
  const last = real.filter(({ kind, givenBack }) => kind === 'full' && !givenBack).length;
  if (last !== (bill.state === 'cancelled' ? 1 : 0))
    faults.push(`is ${bill.state} and has ${last} full credit notes`);
  return faults;
}

const taxKey = ({
  jurisdiction,
  taxId,
  percent,
}: CreditNote['taxes'][number] | CreditedBill['taxes'][number]) => `${jurisdiction} ${taxId} ${percent} %`;

function noteFaults(note: CreditNote): string[] {
  const { _id, netMinor, taxMinor, totalMinor, openMinor, freedMinor, taxes, device } = note;
  const shared = openMinor + freedMinor + (device?.offInstalmentsMinor ?? 0);
  return [
    ...(netMinor + taxMinor === totalMinor ? [] : [`${_id}: ${netMinor} + ${taxMinor} is not ${totalMinor}`]),
    ...(shared === totalMinor
      ? []
      : [`${_id}: ${openMinor} off the bill and ${freedMinor} freed is not ${totalMinor}`]),
    ...taxes.flatMap(({ taxId, amountMinor, parts }) =>
      sumOf(parts) === amountMinor
        ? []
        : [`${_id}: parts of ${taxId} come to ${sumOf(parts)}, not ${amountMinor}`],
    ),
  ];
}
