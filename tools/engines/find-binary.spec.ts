import { EngineFailure } from './engine-failure';
import { ENGINE_SPECS } from './engine-specs';
import { firstThatWorks, waysTo, type Way } from './find-binary';
import { wheelFor } from './wheels';

const spec = ENGINE_SPECS.mongod;
const good = async () => '6.0.5';
const missing: Way = { source: 'nothing', find: () => undefined };
const broken: Way = { source: 'closed door', find: () => Promise.reject(new Error('ENOTFOUND')) };
const found: Way = { source: 'the shelf', find: () => '/shelf/mongod' };

function listen() {
  const lines: string[] = [];
  return { lines, log: (line: string) => lines.push(line) };
}

describe('the order in which a binary is looked for', () => {
  it('is: environment, PATH, what is cached, the vendor, the wheel', () => {
    const sources = waysTo(spec, { TOLLKEEPER_CACHE: '/cache' }).map(({ source }) => source);
    const wheel = wheelFor('mongod');
    const title = `the Python wheel ${wheel?.name} ${wheel?.version}`;
    expect(sources).toEqual([
      'MONGOD_BINARY',
      'PATH',
      "the vendor's download, cached",
      `${title}, cached`,
      "the vendor's download",
      title,
    ]);
  });

  it('takes the first that gives a binary', async () => {
    const { lines, log } = listen();
    const binary = await firstThatWorks(spec, [missing, found, broken], good, log);
    expect(binary).toEqual({ path: '/shelf/mongod', source: 'the shelf', version: '6.0.5' });
    expect(lines).toEqual([]);
  });

  it('falls through a failed way with one line', async () => {
    const { lines, log } = listen();
    await firstThatWorks(spec, [broken, found], good, log);
    expect(lines).toEqual(['MongoDB: closed door: ENOTFOUND; trying the next way']);
  });

  it('falls through a binary of a version that is too old', async () => {
    const { lines, log } = listen();
    const check = async (path: string) => {
      if (path === '/old') throw new Error('/old is 4.4.0');
      return '6.0.5';
    };
    const old: Way = { source: 'PATH', find: () => '/old' };
    expect((await firstThatWorks(spec, [old, found], check, log)).path).toBe('/shelf/mongod');
    expect(lines).toEqual(['MongoDB: PATH: /old is 4.4.0; trying the next way']);
  });

  it('never passes over a binary that was named on purpose', async () => {
    const named: Way = { ...broken, explicit: true };
    await expect(firstThatWorks(spec, [named, found], good, () => undefined)).rejects.toThrow(EngineFailure);
  });

  it('ends with one line that names each reason and the way out', async () => {
    const failure = firstThatWorks(spec, [missing, broken], good, () => undefined);
    await expect(failure).rejects.toThrow(
      /^MongoDB cannot be had \(closed door: ENOTFOUND\): install MongoDB[^\n]*$/,
    );
  });
});
