import { describe, expect, it } from '@jest/globals';
import { passwordProblem } from './password-policy';

const owner = { email: 'maria.silva@example.com', name: 'Maria Silva' };

describe('a password', () => {
  it.each([
    ['elevenchars', 'at least 12'],
    ['x'.repeat(6) + 'y'.repeat(6), 'too few characters'],
    ['Password1234', 'most common'],
    ['2024qwertyuiop', 'most common'],
    ['I-am-Silva-99', 'your name'],
    ['maria.silva@example.com', 'your name'],
    ['abcdefgh'.repeat(17), 'at most 128'],
  ])('%s is refused', (password, why) => {
    expect(passwordProblem(password, owner)).toContain(why);
  });

  it.each(['correct horse battery', 'kX9-mm2p-77qa', 'ünïcode-wörter-sind-gut'])(
    '%s is accepted',
    (password) => {
      expect(passwordProblem(password, owner)).toBeNull();
    },
  );

  it('counts characters, not UTF-16 halves', () => {
    expect(passwordProblem('😀😁😂🤣😃😄', owner)).toContain('at least 12');
  });
});
