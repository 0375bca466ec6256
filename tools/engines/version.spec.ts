import { isAtLeast, parseVersion } from './version';

describe('parseVersion', () => {
  it.each([
    ['temporal version 1.9.1 (Server 1.32.0, UI 2.54.1)', [1, 9, 1]],
    ['db version v6.0.5\nBuild Info: {}', [6, 0, 5]],
    ['no number here', undefined],
  ])('reads %j', (text, version) => {
    expect(parseVersion(text)).toEqual(version);
  });
});

describe('isAtLeast', () => {
  it.each([
    [[6, 0, 5], true],
    [[6, 0, 0], true],
    [[7, 0, 0], true],
    [[5, 9, 9], false],
  ] as const)('%j against 6.0.0: %s', (version, enough) => {
    expect(isAtLeast(version, [6, 0, 0])).toBe(enough);
  });
});
