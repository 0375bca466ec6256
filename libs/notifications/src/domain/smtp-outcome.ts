import type { DeferralCause } from './retry-pauses';

/** What a mail transport says when a hand-over failed, as far as it matters here. */
interface TransportFailure {
  message: string;
  /** `EENVELOPE`, `EMESSAGE`: the server judged this message; none: it could not even be built; others: the way to the server. */
  code?: string;
  command?: string;
  responseCode?: number;
  response?: string;
  syscall?: string;
  timeoutType?: string;
}

export type SmtpOutcome =
  | { kind: 'sent'; response: string }
  | { kind: 'failed'; response: string; addressUnreachable: boolean }
  | { kind: 'deferred'; response: string; cause: DeferralCause; mayHaveArrived: boolean };

const judgesMessage = new Set(['', 'EENVELOPE', 'EMESSAGE']);
/** "Service not available, closing channel": about the server, whatever command it answers. */
const serviceClosing = 421;
const unreachableAddress = new Set([550, 551, 553]);
const beforeHandOver = new Set(['CONNECTION_TIMEOUT', 'GREETING_TIMEOUT', 'DNS_TIMEOUT']);
const neverConnected = new Set(['EDNS', 'EAUTH', 'ETLS']);

export function outcomeOf(failure: TransportFailure): SmtpOutcome {
  const { code = '', responseCode, command } = failure;
  const response = (failure.response ?? failure.message).slice(0, 500);
  if (!judgesMessage.has(code) || responseCode === serviceClosing) {
    return { kind: 'deferred', response, cause: 'serverAway', mayHaveArrived: mayHaveArrived(failure) };
  }
  if (responseCode !== undefined && responseCode < 500) {
    return { kind: 'deferred', response, cause: 'refusedForNow', mayHaveArrived: false };
  }
  const addressUnreachable = command === 'RCPT TO' && unreachableAddress.has(responseCode ?? 0);
  return { kind: 'failed', response, addressUnreachable };
}

/** A connection lost between the last byte and the 250 leaves it open whether the server took the message. */
function mayHaveArrived({ code = '', syscall, timeoutType = '', responseCode }: TransportFailure): boolean {
  if (responseCode !== undefined || neverConnected.has(code)) return false;
  return syscall !== 'connect' && !beforeHandOver.has(timeoutType);
}
