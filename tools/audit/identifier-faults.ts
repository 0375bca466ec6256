export interface HeldAssignment {
  _id: string;
  subscriptionId: string;
  accountId: string;
  from: string;
  to: string | null;
}

export interface InventoryBook {
  spans: {
    state: string;
    from: string;
    to: string | null;
    assignmentId?: string;
    subscriptionId?: string;
    accountId?: string;
  }[];
  freeFrom: string | null;
}

/** What is wrong with the life of one number or SIM; its spans and its assignments come by their beginning. */
export function identifierFaults(
  { spans, freeFrom }: InventoryBook,
  assignments: HeldAssignment[],
): string[] {
  const faults = [...overlaps('owners', assignments), ...overlaps('states', spans)];
  const assigned = spans
    .filter(({ state }) => state === 'assigned')
    .map(({ assignmentId = '', subscriptionId = '', accountId = '', from, to }) =>
      textOf({ _id: assignmentId, subscriptionId, accountId, from, to }),
    );
  const held = assignments.map(textOf);
  for (const each of held) if (!assigned.includes(each)) faults.push(`the inventory does not say ${each}`);
  for (const each of assigned) if (!held.includes(each)) faults.push(`no assignment says ${each}`);
  const last = spans.at(-1);
  if (last && last.to !== freeFrom)
    faults.push(`is free from ${freeFrom}, its last state ends at ${last.to}`);
  return faults;
}

function overlaps(what: string, spans: readonly { from: string; to: string | null }[]): string[] {
  return spans.flatMap(({ from, to }, index) => {
    if (to !== null && to <= from) return [`${what}: ${from} to ${to} is no time`];
    const next = spans[index + 1];
    return next && (to === null || to > next.from) ? [`two ${what} at ${next.from}`] : [];
  });
}

const textOf = ({ _id, subscriptionId, accountId, from, to }: HeldAssignment): string =>
  `${_id}: ${subscriptionId} of ${accountId} from ${from} ${to ? `to ${to}` : 'on'}`;
