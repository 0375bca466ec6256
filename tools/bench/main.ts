import { lastWords } from '../engines';
import { benchLine, judged, type PartFigure, tableOf } from './figures';
import { runPart } from './run-part';
import { suites } from './suites';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** `npm run bench -- accounts`: the suite's figures as a table, and last a line `BENCH {json}`. */
async function main([name]: string[]): Promise<void> {
  const parts = suites[name ?? ''];
  if (!name || !parts) {
    say(`usage: npm run bench -- <${Object.keys(suites).join('|')}>`);
    process.exitCode = 2;
    return;
  }
  const figures: PartFigure[] = [];
  for (const part of parts) {
    say(`${part.name} ...`);
    figures.push(...(await runPart(part, say)));
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
