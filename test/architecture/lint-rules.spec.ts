import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Finding {
  readonly ruleId: string | null;
  readonly line: number;
  readonly message: string;
}

/** What a bad file says of itself: the rules that it breaks, and on which lines. */
interface Confession {
  readonly name: string;
  readonly rules: string[];
  readonly wrongLines: number[];
}

const folder = join(__dirname, 'bad');
const lintLimitMs = 120_000;

const confessions: Confession[] = readdirSync(folder).map((name) => {
  const lines = readFileSync(join(folder, name), 'utf8').split('\n');
  return {
    name,
    rules: lines.flatMap((line) => /^\/\/ breaks (\S+)$/.exec(line)?.[1] ?? []),
    wrongLines: lines.flatMap((line, index) =>
      /^\/\* wrong \*\/|\/\/ wrong$/.test(line) ? [index + 1] : [],
    ),
  };
});

describe('a deliberately bad file', () => {
  let findings: Record<string, Finding[]>;

  beforeAll(() => {
    const output = execFileSync(process.execPath, [join(__dirname, 'lint-bad-files.mjs')], {
      encoding: 'utf8',
      env: { ...process.env, NX_DAEMON: 'false' },
    });
    findings = JSON.parse(output) as Record<string, Finding[]>;
  }, lintLimitMs);

  it.each(confessions)('$name breaks $rules', ({ name, rules, wrongLines }) => {
    expect(rules).not.toEqual([]);
    for (const rule of rules) {
      const found = (findings[name] ?? []).filter(({ ruleId }) => ruleId === rule);
      expect(found).not.toEqual([]);
      const lines = [...new Set(found.map(({ line }) => line))];
      if (wrongLines.length > 0) expect(lines).toEqual(wrongLines);
    }
  });
});
