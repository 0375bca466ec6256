import type { ProgressDefinition } from '@tollkeeper/contracts';
import type { Workflow } from '@temporalio/common';
import { makeContinueAsNewFunc, upsertMemo, workflowInfo } from '@temporalio/workflow';

let shown: { memo: string; look: () => object; last: string } | null = null;

/** What this process shows of itself from now on; looked at before every wait, and whenever `showAgain` is called. */
export function show<Shown extends object>({ memo }: ProgressDefinition<Shown>, look: () => Shown): void {
  shown = { memo, look, last: JSON.stringify(workflowInfo().memo?.[memo] ?? null) };
  showAgain();
}

export function showAgain(): void {
  if (!shown) return;
  const value = JSON.stringify(shown.look());
  if (value === shown.last) return;
  shown.last = value;
  upsertMemo({ [shown.memo]: JSON.parse(value) as object });
}

/** Continues as new, with what was shown last still to be seen. */
export const carryOn = <Process extends Workflow>(...input: Parameters<Process>): Promise<never> =>
  makeContinueAsNewFunc<Process>({ memo: workflowInfo().memo })(...input);
