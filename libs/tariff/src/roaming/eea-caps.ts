import type { LocalDate } from '@tollkeeper/calendar';
import type { UsageType } from '@tollkeeper/contracts';

/** In force from its day on, until the next one's. Euros without VAT. */
interface Dated {
  from: LocalDate;
}

/** Most that a surcharge may come to, and what fair use is counted with. */
interface WholesaleCap extends Dated {
  perMinute: string;
  perSms: string;
  /** 10^9 bytes. */
  perGigabyte: string;
  law: string;
}

const before2022 = 'Regulation (EU) No 531/2012, Articles 7, 9 and 12, as amended by (EU) 2017/920';
const since2022 = 'Regulation (EU) 2022/612, Articles 9(2), 10(1) and 11(1)';

export const wholesaleCaps: readonly WholesaleCap[] = [
  { from: '2017-06-15', perMinute: '0.032', perSms: '0.01', perGigabyte: '7.70', law: before2022 },
  { from: '2018-01-01', perMinute: '0.032', perSms: '0.01', perGigabyte: '6.00', law: before2022 },
  { from: '2019-01-01', perMinute: '0.032', perSms: '0.01', perGigabyte: '4.50', law: before2022 },
  { from: '2020-01-01', perMinute: '0.032', perSms: '0.01', perGigabyte: '3.50', law: before2022 },
  { from: '2021-01-01', perMinute: '0.032', perSms: '0.01', perGigabyte: '3.00', law: before2022 },
  { from: '2022-01-01', perMinute: '0.032', perSms: '0.01', perGigabyte: '2.50', law: before2022 },
  { from: '2022-07-01', perMinute: '0.022', perSms: '0.004', perGigabyte: '2.00', law: since2022 },
  { from: '2023-01-01', perMinute: '0.022', perSms: '0.004', perGigabyte: '1.80', law: since2022 },
  { from: '2024-01-01', perMinute: '0.022', perSms: '0.004', perGigabyte: '1.55', law: since2022 },
  { from: '2025-01-01', perMinute: '0.019', perSms: '0.003', perGigabyte: '1.30', law: since2022 },
  { from: '2026-01-01', perMinute: '0.019', perSms: '0.003', perGigabyte: '1.10', law: since2022 },
  { from: '2027-01-01', perMinute: '0.019', perSms: '0.003', perGigabyte: '1.00', law: since2022 },
];

/** Most that a call received while roaming may cost more than at home: the rate for ending it in a mobile network. */
export const terminationCaps: readonly (Dated & { perMinute: string })[] = [
  { from: '2021-07-01', perMinute: '0.007' },
  { from: '2022-01-01', perMinute: '0.0055' },
  { from: '2023-01-01', perMinute: '0.004' },
  { from: '2024-01-01', perMinute: '0.002' },
];
export const terminationLaw =
  'Regulation (EU) 2022/612, Article 8(1)(b), with Delegated Regulation (EU) 2021/654, Article 4';

/**
 * Calls and messages from home to another Member State. From 2029 on they cost what calls at home cost, if the technical
 * rules for that are adopted by 30 June 2028 (Article 5a(7)): until then nobody can know, and the caps are what is checked.
 */
export const intraUnionCaps: readonly (Dated & { perMinute: string; perSms: string })[] = [
  { from: '2019-05-15', perMinute: '0.19', perSms: '0.06' },
];
export const intraUnionLaw =
  'Regulation (EU) 2015/2120, Article 5a, as amended by (EU) 2018/1971 and (EU) 2024/1309';

/** The last day of both regulations (Regulation (EU) 2022/612, Article 24; (EU) 2015/2120, Article 10(5)). */
export const lastDay: LocalDate = '2032-06-30';

interface Stay {
  /** Left out: the country is in the Union or the EEA. */
  isPartner?: true;
  countries: readonly string[];
  from: LocalDate;
  /** Outside of it. */
  to?: LocalDate;
}

/** Where one roams like at home. Outermost regions have country codes of their own and belong to their Member State. */
const stays: readonly Stay[] = [
  {
    countries: (
      'AT BE BG HR CY CZ DE DK EE ES FI FR GR HU IE IT LT LU LV MT NL PL PT RO SE SI SK ' +
      'AX GF GP MF MQ RE YT IS LI NO'
    ).split(' '),
    from: '2017-06-15',
  },
  // Until the end of the transition period (Withdrawal Agreement, Article 126).
  { countries: ['GB', 'GI'], from: '2017-06-15', to: '2021-01-01' },
  // Decisions of the Association Committees under the agreements with Ukraine and Moldova, 2025.
  { countries: ['UA', 'MD'], from: '2026-01-01', isPartner: true },
];

const staysOn = (on: LocalDate): Stay[] =>
  on > lastDay ? [] : stays.filter(({ from, to }) => from <= on && (to === undefined || on < to));

export const roamLikeAtHomeCountries = (on: LocalDate): ReadonlySet<string> =>
  new Set(staysOn(on).flatMap(({ countries }) => countries));

/** Countries to which a call from home is a call within the Union. */
export const unionCountries = (on: LocalDate): ReadonlySet<string> =>
  new Set(staysOn(on).flatMap(({ countries, isPartner }) => (isPartner ? [] : countries)));

export const inForce = <Row extends Dated>(rows: readonly Row[], on: LocalDate): Row | undefined =>
  on > lastDay ? undefined : rows.filter(({ from }) => from <= on).at(-1);

export const bytesPerGigabyte = 1_000_000_000;
const secondsPerMinute = 60;

export interface Cap {
  euros: string;
  perUnits: number;
  unit: string;
}

/** A cap in the units that a deck's rows are in; `null` where the law has none. */
export function capFor(
  usageType: UsageType,
  caps: { perMinute?: string; perSms?: string; perGigabyte?: string } | undefined,
): Cap | null {
  const cap = (euros: string | undefined, perUnits: number, unit: string): Cap | null =>
    euros === undefined ? null : { euros, perUnits, unit };
  switch (usageType) {
    case 'voice':
      return cap(caps?.perMinute, secondsPerMinute, 'minute');
    case 'sms':
      return cap(caps?.perSms, 1, 'message');
    case 'data':
      return cap(caps?.perGigabyte, bytesPerGigabyte, 'GB');
    case 'video':
    case 'mms':
    case 'event':
      return null;
  }
}
