import { statementImport as definition, type StatementImportInput } from '@tollkeeper/contracts';
import { paymentsBulk } from './services';
import { keepTime, now } from './until';

const entriesPerRound = 1_000;
/** A file has at most 100,000 entries. */
const maxRounds = 1_000;

/** The entries of one file, round by round: what a crash leaves open is found again by its state. */
export async function statementImport(input: StatementImportInput): Promise<void> {
  await keepTime(input, definition.rank, async () => {
    const { tenantId, importId } = input;
    for (let round = 0; round < maxRounds; round++) {
      const { more } = await paymentsBulk.bookBankEntries({
        ...{ tenantId, importId, at: now(), limit: entriesPerRound },
      });
      if (!more) return;
    }
  });
}
