import { compareInstants, type Instant } from '@tollkeeper/calendar';
import { type ParkedProcess, type ParkEvent, wakeOrder } from '@tollkeeper/contracts';

interface WakeGroup {
  at: Instant;
  processIds: string[];
}

/**
 * Who is awake, who is parked until when. A process is awake while it holds a token that it has not reported
 * back: one for its start, one for every signal on its way, one for a wake-up.
 */
export class Wakefulness {
  private readonly parked: Map<string, ParkedProcess>;
  private readonly awake: Map<string, Set<string>>;

  constructor(parked: Record<string, ParkedProcess> = {}, awake: Record<string, string[]> = {}) {
    this.parked = new Map(Object.entries(parked));
    this.awake = new Map(Object.entries(awake).map(([id, tokens]) => [id, new Set(tokens)]));
  }

  get allParked(): boolean {
    return this.awake.size === 0;
  }

  get awakeIds(): string[] {
    return [...this.awake.keys()];
  }

  tokensOf(processId: string): string[] {
    return [...(this.awake.get(processId) ?? [])];
  }

  get open(): number {
    return new Set([...this.parked.keys(), ...this.awake.keys()]).size;
  }

  awaken(processId: string, token: string): void {
    const tokens = this.awake.get(processId) ?? new Set<string>();
    this.awake.set(processId, tokens.add(token));
  }

  release(processId: string, token: string): void {
    const tokens = this.awake.get(processId);
    tokens?.delete(token);
    if (tokens?.size === 0) this.awake.delete(processId);
  }

  park({ processId, tokens, wakeAt, rank }: ParkEvent): void {
    this.parked.set(processId, { wakeAt, rank });
    for (const token of tokens) this.release(processId, token);
  }

  drop(processId: string): void {
    this.parked.delete(processId);
    this.awake.delete(processId);
  }

  /** Counts the process as awake and returns the token that it will report. */
  wake(processId: string, at: Instant): string {
    const token = `wake:${at}`;
    this.parked.delete(processId);
    this.awaken(processId, token);
    return token;
  }

  /** The earliest instant at which someone wakes, and who wakes first there: processes of the lowest rank. */
  next(): WakeGroup | null {
    const waiting = [...this.parked].flatMap(([processId, { wakeAt, rank }]) =>
      wakeAt ? [{ processId, wakeAt, rank }] : [],
    );
    const [first] = waiting.sort(
      (left, right) =>
        compareInstants(left.wakeAt, right.wakeAt) ||
        wakeOrder.indexOf(left.rank) - wakeOrder.indexOf(right.rank),
    );
    if (!first) return null;
    const group = waiting.filter(({ wakeAt, rank }) => wakeAt === first.wakeAt && rank === first.rank);
    return { at: first.wakeAt, processIds: group.map(({ processId }) => processId).sort() };
  }

  snapshot(): { parked: Record<string, ParkedProcess>; awake: Record<string, string[]> } {
    return {
      parked: Object.fromEntries(this.parked),
      awake: Object.fromEntries([...this.awake].map(([id, tokens]) => [id, [...tokens]])),
    };
  }
}
