/** Edges in a subscriber's time at which usage may be cut. */
export const usageEdges = ['midnight', 'cycle', 'planChange', 'tariffChange'] as const;
export type UsageEdge = (typeof usageEdges)[number];

/** What a use that crosses an edge becomes: a part on either side, or one that belongs to its start. */
export type Crossing = 'split' | 'byStart';

export interface SessionRules {
  /** A session without a final record ends so long after its last use and its last partial record. */
  silenceHours: number;
  edges: UsageEdge[];
  /** Sessions that were reported in partial records. */
  sessions: Crossing;
  /** Records that are a whole call or session. */
  calls: Crossing;
}

/** A long session is paid in the period of each part; a call by its start, as most price lists say. */
export const defaultSessionRules: SessionRules = {
  silenceHours: 24,
  edges: ['cycle', 'planChange', 'tariffChange'],
  sessions: 'split',
  calls: 'byStart',
};
