/** Something the person at the keyboard can put right: its message is one line that ends with the way out. */
export class EngineFailure extends Error {
  constructor(message: string) {
    super(oneLine(message));
    this.name = 'EngineFailure';
  }
}

export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return oneLine(String(error));
  const cause = error.cause;
  const code = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : '';
  return oneLine(error.message).slice(0, 200) + code;
}

/** What a tool prints before it exits: one line for what a person can mend, the stack only for our own mistakes. */
export function lastWords(error: unknown): string {
  if (error instanceof EngineFailure) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
