import type { RateEntry, UsageType } from '@tollkeeper/contracts';
import type { UsageRecord } from '../record/usage-record';

/**
 * What a deck's row is for, as its `prefix` names it:
 * digits of an E.164 number (`49`), with a leading 0 as dialled in the serving country (`0180`), `short:22833` a code of
 * the serving network, `onNet` any number of the operator's own, `incoming` what is received, `forwarded` what a call
 * forwarding sends on (left out: as if it were called), `service:parking` an event of that service and `service` any
 * other, `zone:home` data used in that serving zone.
 */
export const namedRows = {
  onNet: 'onNet',
  incoming: 'incoming',
  forwarded: 'forwarded',
  service: 'service',
} as const;

const shortCodeRow = (code: string): string => `short:${code}`;
const serviceRow = (service: string): string => `service:${service}`;
export const dataRow = (servingZone: string): string => `zone:${servingZone}`;

export const isDigitsRow = (prefix: string): boolean => /^\d+$/.test(prefix);

/** Rows of one usage type in one serving zone: codes of the home network are not found abroad. */
export interface DestinationRows<Row> {
  /** Rows of numbers, by prefix. */
  digits: { get(digits: string): Row | undefined; longest(number: string): Row | undefined };
  /** All others, by name. */
  named: Named<Row>;
  /** Of data: the row of the serving zone itself. */
  data: Row | undefined;
}

type Named<Row> = Pick<ReadonlyMap<string, Row>, 'get' | 'size'>;

export type Destination = { usageType: UsageType } & Pick<
  UsageRecord,
  'otherParty' | 'direction' | 'onNet' | 'service' | 'shortCode' | 'dialled'
>;

/** The row for a usage. What no row is for has no price: it is never 0. */
export function rowFor<Row>(
  { digits, named, data }: DestinationRows<Row>,
  usage: Destination,
): Row | undefined {
  if (usage.usageType === 'data') return data;
  const { otherParty, dialled } = usage;
  const byName = named.size > 0 ? namedRowFor(named, usage) : undefined;
  if (byName || usage.direction === 'incoming') return byName;
  if (usage.shortCode) return shortCodeRowFor(digits, otherParty);
  const asDialled = dialled === undefined ? undefined : digits.longest(dialled);
  const found = asDialled ?? digits.longest(otherParty);
  return found ?? (usage.usageType === 'event' ? named.get(namedRows.service) : undefined);
}

function namedRowFor<Row>(
  entries: Named<Row>,
  { usageType, direction, onNet, service, shortCode, otherParty }: Destination,
): Row | undefined {
  if (direction === 'incoming') return entries.get(namedRows.incoming);
  const forwarded = direction === 'forwarded' ? entries.get(namedRows.forwarded) : undefined;
  if (forwarded) return forwarded;
  const own = onNet === true ? entries.get(namedRows.onNet) : undefined;
  if (own) return own;
  if (usageType === 'event' && service !== undefined) {
    const found = entries.get(serviceRow(service));
    if (found) return found;
  }
  return shortCode ? entries.get(shortCodeRow(otherParty)) : undefined;
}

/** The whole code or what begins like it with a 0; 22833 is no number in Benin (+229). */
const shortCodeRowFor = <Row>(digits: DestinationRows<Row>['digits'], code: string): Row | undefined =>
  digits.get(code) ?? (code.startsWith('0') ? digits.longest(code) : undefined);

const digitsShape = /^\d{1,15}$/;
const namedShape = /^(?:onNet|incoming|forwarded|short:\d{2,15})$/;
const serviceShape = /^service(?::[A-Za-z0-9][\w.:@/-]{0,127})?$/;

/** Why no usage could ever find the row, or `null`. */
export function prefixFault({
  usageType,
  prefix,
  servingZone,
}: Pick<RateEntry, 'usageType' | 'prefix' | 'servingZone'>): string | null {
  if (usageType === 'data')
    return prefix === dataRow(servingZone)
      ? null
      : `data is rated by where it is used: expected "${dataRow(servingZone)}"`;
  if (digitsShape.test(prefix) || namedShape.test(prefix)) return null;
  if (usageType === 'event' && serviceShape.test(prefix)) return null;
  const forms = `"short:22833", "onNet", "incoming" or "forwarded"${usageType === 'event' ? ', "service" or "service:parking"' : ''}`;
  return `must be 1 to 15 digits of an international number without +, or ${forms}`;
}
