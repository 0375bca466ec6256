import { Agent as PlainAgent, type ClientRequest, type IncomingMessage, request as plain } from 'node:http';
import { Agent as SecureAgent, request as secure } from 'node:https';

const ownDelayMs = 50;
const mostTurns = 3;

interface JsonCall {
  method: 'GET' | 'POST';
  url: URL;
  headers: Record<string, string>;
  body?: object;
  withinMs: number;
}

export interface JsonAnswer {
  status: number;
  body: unknown;
}

/** Silence: what the other side did is not known. */
class NoAnswerInTime extends Error {
  override readonly name = 'TimeoutError';
}

/** JSON over kept connections, for calls by the ten thousand: a third of what fetch takes of the processor. */
export class JsonCalls {
  private readonly plainAgent = new PlainAgent({ keepAlive: true });
  private readonly secureAgent = new SecureAgent({ keepAlive: true });

  send({ method, url, headers, body, withinMs }: JsonCall): Promise<JsonAnswer> {
    return new Promise((done, fail) => {
      const text = body === undefined ? '' : JSON.stringify(body);
      const described = { ...headers, Accept: 'application/json', ...lengthOf(text) };
      const call = this.open(url, { method, headers: described });
      const giveUp = () => call.destroy(new NoAnswerInTime(`nothing in ${withinMs} ms`));
      const stopWaiting = afterSilence(withinMs, giveUp);
      const failed = (error: Error) => {
        stopWaiting();
        fail(error);
      };
      call.on('error', failed);
      call.on('response', (answer: IncomingMessage) => {
        let read = '';
        answer.setEncoding('utf8');
        answer.on('data', (chunk: string) => (read += chunk));
        answer.on('error', failed);
        answer.on('end', () => {
          stopWaiting();
          try {
            done({ status: answer.statusCode ?? 0, body: JSON.parse(read) as unknown });
          } catch (error) {
            fail(error instanceof Error ? error : new Error('the answer cannot be read'));
          }
        });
      });
      call.end(text);
    });
  }

  private open(
    url: URL,
    options: { method: string; headers: Record<string, string | number> },
  ): ClientRequest {
    return url.protocol === 'https:'
      ? secure(url, { ...options, agent: this.secureAgent })
      : plain(url, { ...options, agent: this.plainAgent });
  }
}

/**
 * A timer that comes late says that this process was busy, not that the other side was silent: the answer may lie in
 * the socket, or the request was never sent. Then it waits once more, a few times at most.
 */
function afterSilence(ms: number, giveUp: () => void): () => void {
  let timer: NodeJS.Timeout;
  const wait = (turnsLeft: number): void => {
    const dueAt = performance.now() + ms;
    timer = setTimeout(() => {
      const wasBusy = performance.now() - dueAt > ownDelayMs;
      if (wasBusy && turnsLeft > 0) wait(turnsLeft - 1);
      else giveUp();
    }, ms);
  };
  wait(mostTurns);
  return () => clearTimeout(timer);
}

const lengthOf = (text: string): Record<string, string | number> =>
  text === '' ? {} : { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text) };
