import type { SimState } from '@tollkeeper/contracts';

/** A SIM as the network lists it. */
export interface TheirSim {
  iccid: string;
  state: SimState;
  imsi: string | null;
  msisdn: string | null;
}

/** A SIM as we want it. `unsettled`: an order is under way or its service has not begun, so nothing is to be concluded. */
export interface OurSim {
  iccid: string;
  subscriptionId: string | null;
  accountId: string | null;
  standing: 'live' | 'ended' | 'unsettled';
  desired: SimState;
  /** A subscription may have several. */
  imsis: string[];
  msisdns: string[];
}

export interface SimDifference {
  kind: 'ghostSim' | 'orphanSim' | 'stateDiffers';
  iccid: string;
  ours: OurSim | null;
  detail: string;
}

const inService = (sim: TheirSim | undefined): sim is TheirSim =>
  sim !== undefined && sim.state !== 'deactivated';

/** What a person has to know of one stretch of both lists. */
export function compareSims(theirs: readonly TheirSim[], ours: readonly OurSim[]): SimDifference[] {
  const listed = new Map(theirs.map((sim) => [sim.iccid, sim]));
  const held = new Map(ours.map((sim) => [sim.iccid, sim]));
  const iccids = [...new Set([...listed.keys(), ...held.keys()])].sort();
  return iccids.flatMap((iccid) => difference(iccid, listed.get(iccid), held.get(iccid)) ?? []);
}

function difference(
  iccid: string,
  their: TheirSim | undefined,
  our: OurSim | undefined,
): SimDifference | null {
  if (our?.standing === 'unsettled') return null;
  const isOurs = our?.standing === 'live';
  if (inService(their) && !isOurs) {
    const whose = our ? 'its service has ended here' : 'it is not ours';
    return {
      kind: 'ghostSim',
      iccid,
      ours: our ?? null,
      detail: `the network has it ${their.state} with ${their.msisdn ?? 'no number'}; ${whose}`,
    };
  }
  if (!isOurs) return null;
  if (!inService(their))
    return {
      kind: 'orphanSim',
      iccid,
      ours: our,
      detail: `it shall be ${our.desired}; the network ${their ? 'has taken it out of service' : 'does not know it'}`,
    };
  const faults = faultsOf(their, our);
  return faults.length === 0 ? null : { kind: 'stateDiffers', iccid, ours: our, detail: faults.join('; ') };
}

/** What the network does not say is not held against it. */
function faultsOf({ state, imsi, msisdn }: TheirSim, { desired, imsis, msisdns }: OurSim): string[] {
  const strange = (value: string | null, own: string[]) =>
    value !== null && own.length > 0 && !own.includes(value.replace(/^\+/, ''));
  return [
    ...(state === desired ? [] : [`it shall be ${desired}, the network has it ${state}`]),
    ...(strange(msisdn, msisdns) ? [`its number is ${msisdns.join(', ')}, in the network ${msisdn}`] : []),
    ...(strange(imsi, imsis) ? [`its IMSI is ${imsis.join(', ')}, in the network ${imsi}`] : []),
  ];
}
