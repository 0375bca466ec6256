/** What a caller's script can tell by the exit code alone. */
export const exitCodes = {
  fine: 0,
  /** The command did what it should; some records could not be rated and are listed. */
  someUnrated: 1,
  /** Wrong arguments, or a file that cannot be used: nothing was written. */
  badInput: 2,
} as const;

/** What was handed in is wrong: its lines are for stderr, without a stack. */
export class BadInput extends Error {
  constructor(readonly lines: string[]) {
    super(lines.join('\n'));
  }
}
