import {
  type ArgumentsHost,
  BadRequestException,
  ForbiddenException,
  NotFoundException,
} from '@nestjs/common';
import { createLogger } from '../logger';
import { conflict } from './problem';
import { ProblemFilter } from './problem.filter';

interface Sent {
  status: number;
  type: string;
  body: { code: string; detail: string };
}

/** What leaves for an error, as Express would send it. */
function sent(error: unknown): Sent {
  const answer: Partial<Sent> = {};
  const response = {
    setHeader: () => response,
    status: (status: number) => Object.assign(response, void (answer.status = status)),
    type: (type: string) => Object.assign(response, void (answer.type = type)),
    json: (body: Sent['body']) => void (answer.body = body),
  };
  const host = { switchToHttp: () => ({ getResponse: () => response }) };
  new ProblemFilter(createLogger('silent')).catch(error, host as unknown as ArgumentsHost);
  return answer as Sent;
}

const bodyError = (status: number) => Object.assign(new Error('as the parser said'), { status });

describe('the problem that an error leaves as', () => {
  it.each<[string, unknown, number, string]>([
    ['a refusal of ours', conflict('runClosed', 'It is closed.'), 409, 'runClosed'],
    ['an unknown path', new NotFoundException(), 404, 'notFound'],
    ['JSON that ends too early', new BadRequestException('Unexpected end of JSON input'), 400, 'badInput'],
    ['what a guard refuses', new ForbiddenException(), 403, 'refused'],
    ['a body that cannot be read', bodyError(400), 400, 'badInput'],
    ['a body that is too large', bodyError(413), 413, 'tooLarge'],
    ['an encoding that nobody knows', bodyError(415), 415, 'unsupportedMediaType'],
    [
      'MongoDB being away',
      Object.assign(new Error('x'), { name: 'MongoServerSelectionError' }),
      503,
      'unavailable',
    ],
    ['the unexpected', new Error('password=hunter2'), 500, 'internal'],
  ])('%s', (_, error, status, code) => {
    const answer = sent(error);
    expect({ status: answer.status, type: answer.type, code: answer.body.code }).toEqual({
      status,
      type: 'application/problem+json',
      code,
    });
  });

  it('says nothing of the unexpected', () => {
    expect(JSON.stringify(sent(new Error('password=hunter2')))).not.toContain('hunter2');
  });
});
