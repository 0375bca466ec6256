import { Command } from 'commander';
import { readCatalog } from './read-catalog';

const help = `
Prints nothing that is wrong with a catalog more than once: each line names file, line, place, the
reason and the way out. The catalog service refuses the same things with the same words.

Exit codes:
  0  the catalog can be rated from and imported
  2  it cannot: what is wrong stands on stderr`;

export const checkCommand = (): Command =>
  new Command('check')
    .description('Check a catalog file and the deck files that it names, without rating anything.')
    .requiredOption('--catalog <file>', 'the tariff: JSON or YAML')
    .addHelpText('after', help)
    .action(async ({ catalog: path }: { catalog: string }) => {
      const { offerings, decks, accounts } = await readCatalog(path);
      const rows = decks.reduce((sum, { entries }) => sum + entries.length, 0);
      const counts = [
        counted(offerings.length, 'offering version'),
        `${counted(decks.length, 'deck version')} with ${counted(rows, 'row')}`,
        ...(accounts ? [counted(accounts.length, 'account')] : []),
      ];
      process.stdout.write(`${path}: fine (${counts.join(', ')})\n`);
    });

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;
