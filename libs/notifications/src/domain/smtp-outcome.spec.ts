import { describe, expect, it } from '@jest/globals';
import { outcomeOf } from './smtp-outcome';

const message = 'why';

describe('a failed hand-over', () => {
  it.each([
    ['connection refused', { code: 'ESOCKET', syscall: 'connect' }, 'serverAway', false],
    ['no greeting in time', { code: 'ETIMEDOUT', timeoutType: 'GREETING_TIMEOUT' }, 'serverAway', false],
    ['name not found', { code: 'EDNS' }, 'serverAway', false],
    ['our password is wrong', { code: 'EAUTH', responseCode: 535 }, 'serverAway', false],
    ['lost in the middle', { code: 'ECONNECTION' }, 'serverAway', true],
    ['silent in the middle', { code: 'ETIMEDOUT', timeoutType: 'SOCKET_TIMEOUT' }, 'serverAway', true],
    ['server shuts down', { code: 'EENVELOPE', responseCode: 421, command: 'RCPT TO' }, 'serverAway', false],
    ['greylisted', { code: 'EENVELOPE', responseCode: 450, command: 'RCPT TO' }, 'refusedForNow', false],
    [
      'mailbox full for now',
      { code: 'EMESSAGE', responseCode: 452, command: 'DATA' },
      'refusedForNow',
      false,
    ],
  ])('%s is deferred', (_, failure, cause, mayHaveArrived) => {
    expect(outcomeOf({ message, ...failure })).toMatchObject({ kind: 'deferred', cause, mayHaveArrived });
  });

  it.each([
    ['unknown mailbox', { code: 'EENVELOPE', responseCode: 550, command: 'RCPT TO' }, true],
    ['content refused', { code: 'EMESSAGE', responseCode: 550, command: 'DATA' }, false],
    ['sender refused', { code: 'EENVELOPE', responseCode: 553, command: 'MAIL FROM' }, false],
    ['message that cannot be built', { code: 'EENVELOPE', command: 'API' }, false],
  ])('%s is final', (_, failure, addressUnreachable) => {
    expect(outcomeOf({ message, ...failure })).toMatchObject({ kind: 'failed', addressUnreachable });
  });
});
