import { type FactTopic, maxPayloadBytes } from '@tollkeeper/contracts';

export const factsPerBatch = 200;
const bytesPerBatch = maxPayloadBytes * 0.75;

const sizeOf = (fact: unknown): number => JSON.stringify(fact).length;

/** Facts of one topic that lie in one row, and always travel together. A row each would cost more than the facts. */
export function factsByRow<Fact>(facts: readonly Fact[]): Fact[][] {
  const rows: Fact[][] = [];
  let bytes = 0;
  for (const fact of facts) {
    const size = sizeOf(fact);
    const last = rows.at(-1);
    const fits = last && last.length < factsPerBatch && bytes + size < bytesPerBatch;
    if (fits) last.push(fact);
    else rows.push([fact]);
    bytes = fits ? bytes + size : size;
  }
  return rows;
}

/** `fact`: a row of one, from before rows held several. */
export type FactMessage =
  | { kind: 'fact'; topic: FactTopic; fact: unknown }
  | { kind: 'facts'; topic: FactTopic; facts: readonly unknown[] };

export const factsOf = (message: FactMessage): readonly unknown[] =>
  message.kind === 'fact' ? [message.fact] : message.facts;

interface FactRow {
  at: string;
  message: FactMessage;
  batchKey: string | null;
}

/** Consecutive rows of one topic and one time; rows that already left together stay together. */
export function batchesOf<Row extends FactRow>(rows: readonly Row[]): Row[][] {
  const batches: Row[][] = [];
  let [count, bytes] = [0, 0];
  for (const row of rows) {
    const facts = factsOf(row.message);
    const size = sizeOf(facts);
    const last = batches.at(-1);
    const previous = last?.at(-1);
    const fits =
      last &&
      previous &&
      previous.batchKey === row.batchKey &&
      previous.message.topic === row.message.topic &&
      previous.at === row.at &&
      (row.batchKey !== null || (count + facts.length <= factsPerBatch && bytes + size < bytesPerBatch));
    if (fits) last.push(row);
    else batches.push([row]);
    [count, bytes] = fits ? [count + facts.length, bytes + size] : [facts.length, size];
  }
  return batches;
}
