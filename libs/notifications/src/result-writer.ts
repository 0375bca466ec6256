/**
 * Writes results as soon as they are known, one write at a time: under load, what came in during a write goes
 * together in the next. So a 250 is on record within about one write, without a write for each message.
 */
export class ResultWriter<Result> {
  private waiting: Result[] = [];
  private writing: Promise<void> | null = null;
  private failure: { error: unknown } | null = null;

  constructor(private readonly write: (results: Result[]) => Promise<void>) {}

  add(result: Result): void {
    this.waiting.push(result);
    this.writing ??= this.drain();
  }

  /** A write failed: nothing more should be done whose result must be written. */
  get broken(): boolean {
    return this.failure !== null;
  }

  /** Resolves when all is written; throws what kept it from being written. */
  async settled(): Promise<void> {
    await this.writing;
    if (this.failure) throw this.failure.error;
  }

  private async drain(): Promise<void> {
    try {
      while (this.waiting.length > 0) await this.write(this.waiting.splice(0));
    } catch (error) {
      this.failure = { error };
    } finally {
      this.writing = null;
    }
  }
}
