import { addDays, dayOfWeek, type LocalDate, localDateOf } from '@tollkeeper/calendar';
import type { Invariant } from '../invariant';
import { byId, collect, inChunks, type TenantRows } from '../tenant-rows';

const ROWS_AT_ONCE = 500;
/** Nacha 2.13.4: for want of funds only, at most twice, within 180 days of the first settlement. */
const representable = ['R01', 'R09'];
const mostRepresentments = 2;
const representWithinDays = 180;
const friday = 5;

export interface DebitAttempt {
  _id: string;
  accountId: string;
  invoiceId: string | null;
  methodId: string | null;
  fingerprint: string | null;
  initiator?: string;
  state: string;
  declineCode?: string | null;
  createdAt: string;
  debit: { scheme: 'sepa' | 'ach'; collectOn: LocalDate; representment?: number };
  returned?: { code: string };
}

interface Method {
  _id: string;
  kind?: string;
  mandate?: { preNoticeDays: number; cancelledOn: LocalDate | null; signedOn: LocalDate };
}

export const debits: Invariant = {
  name: 'debits',
  statement:
    'a debit is collected on a weekday after it was handed in, announced in time, by a mandate that held; what came back is sent again as its scheme allows',
  async check({ rows }, findings) {
    const attempts = rows.find<DebitAttempt>('payments', 'attempts', { debit: { $type: 'object' } });
    for await (const chunk of inChunks(attempts, ROWS_AT_ONCE)) {
      const invoiceIds = [...new Set(chunk.flatMap(({ invoiceId }) => invoiceId ?? []))];
      const ofInvoices = await collect(
        rows.find<DebitAttempt>('payments', 'attempts', { invoiceId: { $in: invoiceIds } }),
      );
      const methods = byId(
        await collect(
          rows.find<Method>('payments', 'paymentMethods', {
            _id: { $in: chunk.flatMap(({ methodId }) => methodId ?? []) },
          }),
        ),
      );
      const told = await announcements(rows, [...new Set(chunk.map(({ accountId }) => accountId))]);
      for (const attempt of chunk) {
        findings.look();
        findings.count(attempt.debit.scheme);
        const method = methods.get(attempt.methodId ?? '') ?? null;
        for (const fault of debitFaults(attempt, method)) findings.breach(attempt._id, fault);
        const again = representmentFault(attempt, ofInvoices);
        if (again) findings.breach(attempt._id, again);
        const notice = noticeFault(attempt, method, told);
        if (notice) findings.breach(attempt._id, notice);
      }
    }
  },
};

export function debitFaults({ createdAt, debit }: DebitAttempt, method: Method | null): string[] {
  const { collectOn } = debit;
  const handedInOn = localDateOf(createdAt, 'UTC');
  const faults: string[] = [];
  if (dayOfWeek(collectOn) > friday) faults.push(`is collected on ${collectOn}, when banks are closed`);
  if (collectOn <= handedInOn) faults.push(`was handed in on ${handedInOn} for ${collectOn}`);
  const cancelledOn = method?.mandate?.cancelledOn ?? null;
  if (cancelledOn !== null && cancelledOn < handedInOn)
    faults.push(`was handed in on ${handedInOn} by a mandate that ended on ${cancelledOn}`);
  return faults;
}

const isBack = ({ state, returned }: DebitAttempt): boolean => state === 'declined' || returned !== undefined;

/** Of the same invoice by the same account of the payer, in the order in which they were made. */
export function representmentFault(attempt: DebitAttempt, others: readonly DebitAttempt[]): string | null {
  if (attempt.debit.scheme !== 'ach' || attempt.initiator !== 'merchant' || attempt.invoiceId === null)
    return null;
  const before = others.filter(
    (each) =>
      each.invoiceId === attempt.invoiceId &&
      each.fingerprint === attempt.fingerprint &&
      each.debit?.scheme === 'ach' &&
      each.createdAt < attempt.createdAt &&
      isBack(each),
  );
  const sorted = before.sort((left, right) => (left.createdAt < right.createdAt ? -1 : 1));
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (!first || !last) return null;
  const code = last.returned?.code ?? last.declineCode ?? '';
  if (!representable.includes(code)) return `was sent again after ${code}`;
  if (before.length > mostRepresentments) return `was sent again ${before.length} times`;
  return attempt.debit.collectOn > addDays(first.debit.collectOn, representWithinDays)
    ? `was sent again ${representWithinDays} days after ${first.debit.collectOn}`
    : null;
}

/** By invoice and method: the days on which the payer was told. */
type Announced = ReadonlyMap<string, LocalDate[]>;

/** Only first presentations that we make by ourselves: a payer who asks for it knows, and what came back was announced before. */
export function noticeFault(
  { invoiceId, methodId, initiator, debit, createdAt }: DebitAttempt,
  method: Method | null,
  told: Announced,
): string | null {
  if (debit.scheme !== 'sepa' || initiator !== 'merchant' || invoiceId === null || debit.representment)
    return null;
  const days = told.get(`${invoiceId}/${methodId ?? ''}`) ?? [];
  const first = [...days].sort()[0];
  if (first === undefined) return `was handed in on ${createdAt.slice(0, 10)} and never announced`;
  const by = addDays(debit.collectOn, -(method?.mandate?.preNoticeDays ?? 0));
  return first > by ? `is collected on ${debit.collectOn} and was announced on ${first} only` : null;
}

/** By the messages that went out: `debitAnnounced/<invoice>/<method>/<day of collection>`. */
async function announcements(rows: TenantRows, accountIds: string[]): Promise<Announced> {
  const filter = { template: 'debitAnnounced', accountId: { $in: accountIds } };
  const messages = await collect(
    rows.find<{ _id: string; key: string; requestedAt: string }>('notifications', 'messages', filter, [
      ...['key', 'requestedAt'],
    ]),
  );
  const told = new Map<string, LocalDate[]>();
  for (const { key, requestedAt } of messages) {
    const about = key.split('/').slice(1, 3).join('/');
    told.set(about, [...(told.get(about) ?? []), localDateOf(requestedAt, 'UTC')]);
  }
  return told;
}
