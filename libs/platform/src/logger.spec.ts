import { describe, expect, it } from '@jest/globals';
import { createLogger } from './logger';
import { maskCardNumbers } from './mask-card-numbers';

describe('a line of the log', () => {
  // The schemes' public test numbers.
  it.each([
    ['{"note":"4242424242424242"}', '{"note":"9999999999994242"}'],
    ['{"note":"by phone 5555-5555-5555-4444, twice"}', '{"note":"by phone 9999-9999-9999-4444, twice"}'],
    ['{"number":378282246310005}', '{"number":999999999990005}'],
    ['{"err":"refused 4242 4242 4242 4242"}', '{"err":"refused 9999 9999 9999 4242"}'],
    ['{"time":1763893000000,"tenantId":"ten_4242424242424242"}', null],
    ['{"note":"4242424242424241"}', null],
    ['{"at":"2026-03-01T12:00:00.000Z"}', null],
  ])('%s', (line, masked) => {
    expect(maskCardNumbers(line)).toBe(masked ?? line);
  });

  it('never holds a card number or a token, wherever they were put', () => {
    const lines: string[] = [];
    const logger = createLogger('info', { write: (line: string) => void lines.push(line) });
    const err = new Error('the card 4242424242424242 was refused');
    logger.warn(
      { err, body: { token: 'tok_secret', note: '5555 5555 5555 4444' } },
      'paid by 378282246310005',
    );
    expect(lines.join('')).not.toMatch(/4242424242424242|5555 5555|378282246310005|tok_secret/);
    expect(lines.join('')).toMatch(/\[redacted\]/);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level: 40 });
  });
});
