import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import { Settings } from '@tollkeeper/platform';
import { createTransport } from 'nodemailer';
import { outcomeOf, type SmtpOutcome } from './domain/smtp-outcome';

export interface Mail {
  messageId: string;
  from: { name: string; address: string };
  to: { name: string; address: string };
  subject: string;
  text: string;
  html: string;
  attachments: { filename: string; contentType: string; content: Buffer }[];
  /** Business time: what the reader sees as the date. */
  at: Instant;
}

export const mailConnections = 5;

/** Short, so that a server that hangs is noticed before a step runs out of time. */
const patience = {
  dnsTimeout: 5_000,
  connectionTimeout: 5_000,
  greetingTimeout: 5_000,
  socketTimeout: 10_000,
};

/** The mail server. Connections are kept and shared by all that this process sends. */
@Injectable()
export class MailTransport implements OnApplicationShutdown {
  private readonly pool;

  constructor({ values }: Settings) {
    this.pool = createTransport({
      url: values.SMTP_URL,
      pool: true,
      maxConnections: mailConnections,
      ...patience,
    });
  }

  /** Never throws: every way a hand-over can end is an outcome. */
  async send({ at, ...mail }: Mail): Promise<SmtpOutcome> {
    try {
      const { response } = await this.pool.sendMail({
        ...mail,
        date: new Date(at),
        envelope: { from: mail.from.address, to: [mail.to.address] },
        headers: { 'Auto-Submitted': 'auto-generated' },
        disableFileAccess: true,
        disableUrlAccess: true,
      });
      return { kind: 'sent', response: String(response).slice(0, 500) };
    } catch (error) {
      return outcomeOf(error instanceof Error ? error : { message: String(error) });
    }
  }

  onApplicationShutdown(): void {
    this.pool.close();
  }
}
