import { parseArgs } from 'node:util';
import { lastWords } from '../engines';
import { benchLine, judged, type PartFigure, tableOf } from './figures';
import { runPart } from './run-part';
import { suites } from './suites';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const wanted = { allowPositionals: true, options: { size: { type: 'string' } } } as const;

/** `npm run bench -- accounts`: the suite's figures as a table, and last a line `BENCH {json}`. */
async function main(args: string[]): Promise<void> {
  const { positionals, values } = parseArgs({ args, ...wanted });
  const [name = ''] = positionals;
  const parts = suites[name];
  const size = Number(values.size ?? 100);
  if (!parts || !(size > 0 && size <= 100)) {
    say(
      `usage: npm run bench -- <${Object.keys(suites).join('|')}> [--size=<percent of the work, 1 to 100>]`,
    );
    process.exitCode = 2;
    return;
  }
  const figures: PartFigure[] = [];
  for (const part of parts) {
    say(`${part.name} ...`);
    figures.push(...(await runPart(part, say, { BENCH_SIZE: String(size) })));
  }
  say('');
  say(tableOf(figures));
  say('');
  say(benchLine(name, figures));
  if (!figures.map(judged).every(({ holds }) => holds)) process.exitCode = 1;
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${lastWords(error)}\n`);
  process.exitCode = 1;
});
