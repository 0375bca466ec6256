import type { Instant } from '@tollkeeper/calendar';
import type { MailComposer } from './compose-mail';
import { type DeferralCause, nextTryAt } from './domain/retry-pauses';
import type { SmtpOutcome } from './domain/smtp-outcome';
import { mailConnections, type Mail, type MailTransport } from './mail-transport';
import type { MessageRow } from './message.schema';
import type { ResultWriter } from './result-writer';

/** A message that ended otherwise than sent, as it is to be saved. */
export interface Unsent {
  id: string;
  fields: Partial<MessageRow>;
  unreachable: { accountId: string; email: string; response: string } | null;
}

interface GroupResult {
  unsent: Unsent[];
  /** Claimed, but interrupted before their turn. */
  untried: string[];
  serverAway: boolean;
  /** Something unexpected ended the group early; what was done until then still has to be saved. */
  fault: { error: unknown } | null;
}

const tooSlow = 'the mail server did not take all messages in time';
const away = 'the mail server was away for the messages before';

/** Hands one claimed group over, a few at a time. Once the server is found away, the rest is put off untried. */
export class SendingGroup {
  private readonly unsent: Unsent[] = [];
  private readonly untried: string[] = [];
  private serverAway = false;
  private until = 0;
  private fault: { error: unknown } | null = null;

  constructor(
    private readonly composer: MailComposer,
    private readonly transport: MailTransport,
    private readonly sent: ResultWriter<MessageRow>,
    private readonly at: Instant,
    private readonly interrupted: () => boolean,
  ) {}

  async send(rows: MessageRow[], state: { until: number; serverAway: boolean }): Promise<GroupResult> {
    this.serverAway = state.serverAway;
    this.until = state.until;
    const queue = rows.values();
    await Promise.all(Array.from({ length: mailConnections }, () => this.work(queue)));
    return { unsent: this.unsent, untried: this.untried, serverAway: this.serverAway, fault: this.fault };
  }

  /** The lines share one iterator: each takes the next message that is left. */
  private async work(queue: IterableIterator<MessageRow>): Promise<void> {
    for (const row of queue) {
      if (this.fault || this.interrupted()) this.untried.push(row._id);
      else if (this.serverAway)
        this.putOff(row, { response: away, cause: 'serverAway', mayHaveArrived: false });
      else if (Date.now() > this.until)
        this.putOff(row, { response: tooSlow, cause: 'serverAway', mayHaveArrived: false });
      else await this.tryHandOver(row);
    }
  }

  private async tryHandOver(row: MessageRow): Promise<void> {
    try {
      await this.handOver(row);
    } catch (error) {
      this.fault = { error };
      this.untried.push(row._id);
    }
  }

  private async handOver(row: MessageRow): Promise<void> {
    const composed = await this.composer.compose(row, this.at);
    if (composed.kind === 'mail') this.settle(row, composed.mail, await this.transport.send(composed.mail));
    else if (composed.kind === 'notYet')
      this.putOff(row, { response: composed.why, cause: 'refusedForNow', mayHaveArrived: false });
    else this.giveUp(row, { state: composed.kind, failure: composed.why });
  }

  private settle(row: MessageRow, mail: Mail, outcome: SmtpOutcome): void {
    const said = { to: mail.to.address, subject: mail.subject, smtpResponse: outcome.response };
    if (outcome.kind === 'sent') {
      this.sent.add({ ...row, ...said });
    } else if (outcome.kind === 'deferred') {
      this.serverAway ||= outcome.cause === 'serverAway';
      this.putOff(row, outcome, said);
    } else {
      const { accountId } = row;
      const unreachable = outcome.addressUnreachable
        ? { accountId, email: mail.to.address, response: outcome.response }
        : null;
      this.giveUp(row, { state: 'failed', failure: outcome.response, ...said }, unreachable);
    }
  }

  private putOff(
    row: MessageRow,
    why: { response: string; cause: DeferralCause; mayHaveArrived: boolean },
    said: Partial<MessageRow> = {},
  ): void {
    const nextAt = nextTryAt(row.attempts, this.at, why.cause);
    const failure = why.response;
    if (nextAt === null)
      this.giveUp(row, {
        ...said,
        state: 'failed',
        failure: `given up after ${row.attempts} tries: ${failure}`,
      });
    else
      this.unsent.push({
        id: row._id,
        fields: { ...said, state: 'deferred', nextAt, failure, mayHaveArrived: why.mayHaveArrived },
        unreachable: null,
      });
  }

  private giveUp(
    row: MessageRow,
    fields: Partial<MessageRow>,
    unreachable: Unsent['unreachable'] = null,
  ): void {
    this.unsent.push({ id: row._id, fields, unreachable });
  }
}
