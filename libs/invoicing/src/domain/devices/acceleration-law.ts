import { type Instalment, type InstalmentPlan, leftOfInstalment } from './instalment-plan';

/** What has to be in arrears before the rest may be asked for, of consumers. */
interface AccelerationLaw {
  /** Instalments one after the other, in whole or in part. */
  inARow: number;
  /** Of what is financed, for up to so many instalments, and for longer plans. */
  sharePercent: number;
  longFrom: number;
  longSharePercent: number;
  source: string;
}

const laws: Readonly<Record<string, AccelerationLaw>> = {
  DE: {
    ...{ inARow: 2, sharePercent: 10, longFrom: 37, longSharePercent: 5 },
    source: 'BGB § 498(1) with §§ 506, 515: two instalments in a row and 10 % (5 % over three years)',
  },
};

interface Debtor {
  country: string;
  kind: 'person' | 'organisation';
}

/** Why the rest may not be asked for yet; `null`: it may. `arrearsMinor` of an instalment: unpaid after its due day. */
export function accelerationFault(
  {
    priceMinor,
    downPaymentMinor,
    instalments,
  }: Pick<InstalmentPlan, 'priceMinor' | 'downPaymentMinor' | 'instalments'>,
  arrearsMinor: (instalment: Instalment) => number,
  { country, kind }: Debtor,
): string | null {
  const law = kind === 'person' ? laws[country] : undefined;
  if (!law) return null;
  const late = instalments.map((each) => Math.min(arrearsMinor(each), leftOfInstalment(each)));
  const longest = late.reduce(
    ({ run, most }, minor) => {
      const now = minor > 0 ? run + 1 : 0;
      return { run: now, most: Math.max(most, now) };
    },
    { run: 0, most: 0 },
  ).most;
  const share = instalments.length >= law.longFrom ? law.longSharePercent : law.sharePercent;
  const owed = late.reduce((sum, minor) => sum + minor, 0);
  const isEnough = BigInt(owed) * 100n >= BigInt(priceMinor - downPaymentMinor) * BigInt(share);
  return longest >= law.inARow && isEnough ? null : law.source;
}
