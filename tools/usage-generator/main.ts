import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { generateUsage } from './generate-usage';
import { profileNames } from './subscriber-profiles';

const count = z.number().int().min(0);
const instantField = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{3})?Z$/, 'must be a UTC instant');
const planFile = z.strictObject({
  seed: z.union([z.string(), z.number()]),
  from: instantField,
  to: instantField,
  subscribers: z
    .array(z.strictObject({ msisdn: z.string(), imsi: z.string(), profile: z.enum(profileNames) }))
    .min(1),
  records: count,
  malformed: count.default(0),
  duplicates: count.default(0),
  unknown: count.default(0),
  homeNetwork: z.string(),
  roamingNetworks: z.array(z.string()).default([]),
  internationalPrefixes: z.array(z.string()).optional(),
  emergencyNumbers: z.array(z.string()).optional(),
});

function* withNewlines(lines: Iterable<string>): Generator<string> {
  for (const line of lines) yield `${line}\n`;
}

async function main([planPath, outPath]: string[]): Promise<void> {
  if (!planPath || !outPath) throw new Error('usage: usage-generator PLAN.json OUT.csv');
  const plan = planFile.parse(JSON.parse(await readFile(planPath, 'utf8')));
  await pipeline(Readable.from(withNewlines(generateUsage(plan))), createWriteStream(outPath));
  process.stdout.write(`${plan.records} records written to ${outPath}\n`);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
