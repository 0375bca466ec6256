/** How the network treats a tenant's orders; told by the admin API, so that tests and trials can be unkind. */
export interface Behaviour {
  acknowledge: 'atOnce' | 'late' | 'silent';
  /** Of `late`: hours of the tenant's time. */
  afterHours: number;
  /** Orders are refused so. */
  refuse: { code: string; detail: string } | null;
  /** Only these SIMs; empty: all. */
  iccids: string[];
}

export const kindly: Behaviour = { acknowledge: 'atOnce', afterHours: 0, refuse: null, iccids: [] };

export type Treatment =
  { kind: 'refused'; code: string; detail: string } | { kind: 'taken'; dueAt: Date | null };

const HOUR_MS = 3_600_000;

export function treatmentOf(behaviour: Behaviour, iccid: string, at: Date): Treatment {
  const concerned = behaviour.iccids.length === 0 || behaviour.iccids.includes(iccid);
  const { acknowledge, afterHours, refuse } = concerned ? behaviour : kindly;
  if (refuse) return { kind: 'refused', ...refuse };
  if (acknowledge === 'silent') return { kind: 'taken', dueAt: null };
  return {
    kind: 'taken',
    dueAt: new Date(at.getTime() + (acknowledge === 'late' ? afterHours * HOUR_MS : 0)),
  };
}
