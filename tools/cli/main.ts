import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, CommanderError } from 'commander';
import { catalogCommand } from './catalog-command';
import { checkCommand } from './check-command';
import { BadInput, exitCodes } from './exit-codes';
import { rateCommand } from './rate-command';
import { schemaCommand } from './schema-command';

const { version } = JSON.parse(readFileSync(join(__dirname, '..', '..', '..', 'package.json'), 'utf8')) as {
  version: string;
};

const commands = [rateCommand, checkCommand, schemaCommand, catalogCommand];

function program(): Command {
  const all = new Command('tollkeeper')
    .description(
      'Rate usage and test tariffs on files, without a server; import and export the catalog of one.',
    )
    .version(version)
    .exitOverride();
  for (const command of commands)
    all.addCommand(command().exitOverride().showHelpAfterError('(--help tells more)'));
  return all.showHelpAfterError('(tollkeeper --help tells more)');
}

/** Sub-commands say how they ended by `process.exitCode`; what they throw ends here. */
async function main(args: string[]): Promise<void> {
  try {
    await program().parseAsync(args, { from: 'user' });
  } catch (error) {
    process.exitCode = codeOf(error);
  }
}

function codeOf(error: unknown): number {
  // Commander has said what is wrong already; --help and --version end here too.
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.fine : exitCodes.badInput;
  if (!(error instanceof BadInput)) throw error;
  error.lines.forEach((line) => process.stderr.write(`${line}\n`));
  return exitCodes.badInput;
}

void main(process.argv.slice(2));
