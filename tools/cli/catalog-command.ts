import { writeFile } from 'node:fs/promises';
import { Command, Option } from 'commander';
import { CatalogApi, type ApiOptions } from './catalog-api';
import { documentToSend } from './catalog-document';
import { BadInput } from './exit-codes';

const help = `
The token is a person's access token or an integrator's API key with catalog:write (or catalog:read).
TOLLKEEPER_API and TOLLKEEPER_TOKEN may hold both options.

Exit codes:
  0  done
  2  refused: nothing was changed, what is wrong stands on stderr`;

const api = () =>
  new Option('--api <url>', 'where the API answers').env('TOLLKEEPER_API').makeOptionMandatory();
const token = () => new Option('--token <token>', 'who asks').env('TOLLKEEPER_TOKEN').makeOptionMandatory();
const sub = (name: string, description: string): Command =>
  new Command(name).description(description).addOption(api()).addOption(token());

interface Imported {
  published: { kind: string; name: string; version: number; publicationId: string | null }[];
}

const importCommand = (): Command =>
  sub('import', 'Publish a catalog file: decks and offerings, all of it or nothing.')
    .argument('<file>', 'YAML or JSON; deck rows in it, or in CSV files beside it')
    .addOption(
      new Option('--mode <mode>', 'on sale, as drafts, or only looked at')
        .choices(['publish', 'draft', 'validate'])
        .default('publish'),
    )
    .action(async (file: string, { mode, ...options }: ApiOptions & { mode: string }) => {
      const catalog = new CatalogApi(options, file);
      const text = await documentToSend(file, catalog);
      const answer = await catalog.post(`/import/document?mode=${mode}`, 'application/yaml', text);
      const done =
        { publish: 'published', draft: 'draft', validate: 'fine, would be published' }[mode] ?? mode;
      for (const { kind, name, version } of (JSON.parse(answer) as Imported).published)
        process.stdout.write(`${kind} ${name} version ${version}: ${done}\n`);
    });

interface ExportOptions extends ApiOptions {
  offering?: string[];
  decks: boolean;
  out?: string;
}

const exportCommand = (): Command =>
  sub('export', 'Write what is published as a catalog file, which import takes.')
    .option('--offering <id...>', 'only these')
    .option('--no-decks', 'without the decks that they are priced by')
    .option('--out <file>', 'YAML, or JSON by its name; left out: YAML on stdout')
    .action(async ({ offering = [], decks, out, ...options }: ExportOptions) => {
      const query = new URLSearchParams({
        decks: String(decks),
        format: out?.endsWith('.json') ? 'json' : 'yaml',
      });
      offering.forEach((id) => query.append('offeringId', id));
      const text = await new CatalogApi(options, options.api).get(`/export?${query.toString()}`);
      if (out === undefined) process.stdout.write(text);
      else await writeFile(out, text);
    });

const diffCommand = (): Command =>
  sub('diff', 'What differs between two versions of an offering, for a person to review.')
    .argument('<before>', 'offering and version: smart@1')
    .argument('<after>', 'smart@2')
    .action(async (before: string, after: string, options: ApiOptions) => {
      const [left, right] = [versionOf(before), versionOf(after)];
      const query = new URLSearchParams({ withOfferingId: left.offeringId, withVersion: left.version });
      const path = `/offerings/${encodeURIComponent(right.offeringId)}/versions/${right.version}/diff`;
      const answer = await new CatalogApi(options, `${before} ${after}`).get(`${path}?${query.toString()}`);
      const { data } = JSON.parse(answer) as { data: { text: string }[] };
      process.stdout.write(
        data.length === 0 ? 'no difference\n' : data.map(({ text }) => `${text}\n`).join(''),
      );
    });

function versionOf(text: string): { offeringId: string; version: string } {
  const [, offeringId, version] = /^(.+)@(\d+)$/.exec(text) ?? [];
  if (offeringId === undefined || version === undefined)
    throw new BadInput([`${text}: name offering and version, such as smart@1`]);
  return { offeringId, version };
}

export const catalogCommand = (): Command => {
  const catalog = new Command('catalog')
    .description('Import, export and compare the catalog of a running system.')
    .addHelpText('after', help);
  for (const command of [importCommand, exportCommand, diffCommand])
    catalog.addCommand(
      command().exitOverride().showHelpAfterError('(--help tells more)').addHelpText('after', help),
    );
  return catalog;
};
