import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import type { SuspenseMoveFact } from '@tollkeeper/contracts';
import { Outbox } from '@tollkeeper/platform';
import type { BankEntryRow } from './bank-entry.schema';

type SuspenseStep = 'held' | 'assigned' | 'settled' | 'reversed' | 'undone' | 'unsettled';

const into: readonly SuspenseStep[] = ['held', 'undone', 'unsettled'];

/** What comes in lies there as owed to somebody, what went out as owed to us. */
const rules: Record<BankEntryRow['direction'], Record<'held' | 'taken', SuspenseMoveFact['rule']>> = {
  in: { held: 'suspenseReceived', taken: 'suspenseTaken' },
  out: { held: 'suspensePaidOut', taken: 'suspenseCovered' },
};

export interface SuspenseMove {
  entry: Pick<BankEntryRow, '_id' | 'direction' | 'currency' | 'bankReference' | 'undone'>;
  step: SuspenseStep;
  amountMinor: number;
  gateway: string;
  movedAt: Instant;
}

/** Tells the books what goes into suspense and what leaves it, each step of an entry once: what was undone begins anew. */
@Injectable()
export class SuspenseNews {
  constructor(private readonly outbox: Outbox) {}

  tell(
    tenantId: string,
    at: Instant,
    entry: SuspenseMove['entry'],
    step: SuspenseStep,
    amountMinor: number,
    gateway: string,
    movedAt: Instant,
  ): Promise<void> {
    return this.tellAll(tenantId, at, [{ entry, step, amountMinor, gateway, movedAt }]);
  }

  async tellAll(tenantId: string, at: Instant, moves: readonly SuspenseMove[]): Promise<void> {
    await this.outbox.tell(tenantId, at, 'suspenseMoved', moves.map(factOf));
  }
}

function factOf({ entry, step, amountMinor, gateway, movedAt }: SuspenseMove): SuspenseMoveFact {
  const { _id, direction, currency, bankReference, undone = 0 } = entry;
  return {
    key: undone === 0 ? `${_id}/${step}` : `${_id}/${step}/${undone}`,
    rule: rules[direction][into.includes(step) ? 'held' : 'taken'],
    ...{ amountMinor, currency, gateway, movedAt },
    reason: `bank entry ${_id}${bankReference === null ? '' : `, ${bankReference}`}: ${step}`,
  };
}
