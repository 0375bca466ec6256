import { addDuration, type Instant, type LocalDate, localDateOf } from '@tollkeeper/calendar';
import { formatMoney, money } from '@tollkeeper/money';
import { allowedDay, noEarlierThan, type Place } from './forbidden-days';

/** What the law of a country asks for before a service is barred for debt. */
interface BarRule {
  country: string;
  since: LocalDate;
  law: string;
  /** Undisputed arrears in one currency. */
  minimum: { minor: number; currency: string } | null;
  /** Days since a notice that was delivered; null: no notice is asked for. */
  noticeDays: number | null;
  /** Calls out are barred at least so long before calls in. */
  outgoingFirstDays: number;
  notOnDaysOff: boolean;
  /** What a notice has to say beside the debt. */
  notice?: { en: string; de: string };
}

const germanNotice = {
  en: 'We may bar your service two weeks after this notice. You may turn to the courts against that.',
  de: 'Frühestens zwei Wochen nach diesem Schreiben können wir Ihren Anschluss sperren. Dagegen können Sie sich an die Gerichte wenden.',
};

const usual = { minimum: null, noticeDays: 0, outgoingFirstDays: 0, notOnDaysOff: true };

export const barRules: readonly BarRule[] = [
  {
    country: 'DE',
    since: '2021-12-01',
    law: 'TKG § 61: 100 EUR of undisputed arrears; announced in writing two weeks before, with the way to court; calls in a week after calls out',
    minimum: { minor: 10_000, currency: 'EUR' },
    noticeDays: 14,
    outgoingFirstDays: 7,
    notOnDaysOff: true,
    notice: germanNotice,
  },
  {
    country: 'DE',
    since: '2012-05-10',
    law: 'TKG 2004 § 45k: 75 EUR of undisputed arrears; announced in writing two weeks before, with the way to court',
    minimum: { minor: 7_500, currency: 'EUR' },
    noticeDays: 14,
    outgoingFirstDays: 7,
    notOnDaysOff: true,
    notice: germanNotice,
  },
  {
    ...usual,
    country: 'AT',
    since: '2021-11-01',
    law: 'TKG 2021 § 142: reminder with two weeks of grace',
    noticeDays: 14,
  },
  ...[
    'BE',
    'BG',
    'CY',
    'CZ',
    'DK',
    'EE',
    'ES',
    'FI',
    'FR',
    'GR',
    'HR',
    'HU',
    'IE',
    'IT',
    'LT',
    'LU',
    'LV',
    'MT',
    'NL',
  ].map(european),
  ...['PL', 'PT', 'RO', 'SE', 'SI', 'SK'].map(european),
  {
    ...usual,
    country: 'GB',
    since: '2018-10-01',
    law: 'Ofcom General Condition C3.11: due warning before service is interrupted',
  },
];

function european(country: string): BarRule {
  const law = 'Directive (EU) 2018/1972 Annex VI A (e): due warning before service is interrupted';
  return { ...usual, country, since: '2020-12-21', law };
}

/** The rule in force that day; null where the country has none here. */
export const barRuleOf = (country: string, on: LocalDate): BarRule | null =>
  barRules.find((rule) => rule.country === country && rule.since <= on) ?? null;

export interface BarCase extends Place {
  state: 'barOutgoing' | 'suspended';
  undisputedMinor: number;
  currency: string;
  /** When a notice was delivered; null when none was. */
  noticedAt: Instant | null;
  /** Whether a message that announces a bar was sent at all; left out: it was. */
  announced?: boolean;
  /** Messages whose delivery nobody has asked for at this instant. */
  unproven: readonly string[];
  /** When outgoing calls were barred; null when they were not. */
  outgoingBarredAt: Instant | null;
  stepHour: number;
  at: Instant;
}

export type BarVerdict =
  | { may: true }
  | { may: false; until: Instant | null; why: string }
  | { may: 'prove'; keys: readonly string[] };

/** Whether a bar, or the end of a service, is lawful now; if not, when to look again and why. */
export function mayBar(debt: BarCase): BarVerdict {
  const { at, zone, country, stepHour } = debt;
  const rule = barRuleOf(country, localDateOf(at, zone));
  if (!rule) return { may: true };
  const { minimum, noticeDays, outgoingFirstDays, notOnDaysOff, law } = rule;
  if (minimum && debt.currency === minimum.currency && debt.undisputedMinor < minimum.minor) {
    const [owed, least] = [debt.undisputedMinor, minimum.minor].map((minor) =>
      formatMoney(money(minor, debt.currency)),
    );
    return { may: false, until: null, why: `${owed} of ${least} undisputed (${law})` };
  }
  if (noticeDays !== null && debt.noticedAt === null) {
    if (debt.announced === false)
      return { may: false, until: null, why: `nothing that was sent announces it (${law})` };
    if (debt.unproven.length > 0) return { may: 'prove', keys: debt.unproven };
    const again = addDuration(at, { days: 1 });
    return { may: false, until: again, why: `no notice is known to be delivered (${law})` };
  }
  const afterNotice =
    noticeDays === null || debt.noticedAt === null ? at : addDuration(debt.noticedAt, { days: noticeDays });
  const afterOutgoing =
    debt.state === 'suspended' && debt.outgoingBarredAt !== null
      ? addDuration(debt.outgoingBarredAt, { days: outgoingFirstDays })
      : at;
  const lawfulFrom = [at, afterNotice, afterOutgoing].sort().at(-1) ?? at;
  const forbidden = notOnDaysOff ? { weekdays: [6, 7], holidays: true } : undefined;
  const from = noEarlierThan(lawfulFrom, { stepHour, ...(forbidden ? { forbidden } : {}) }, debt);
  if (from <= at) return { may: true };
  const { moved } = allowedDay(forbidden, country, localDateOf(lawfulFrom, zone));
  const byLaw = lawfulFrom > at || moved === null ? `not before ${localDateOf(from, zone)} (${law})` : null;
  return { may: false, until: from, why: [moved, byLaw].flatMap((each) => each ?? []).join('; ') };
}
