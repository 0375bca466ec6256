// as libs/tariff/src/deck/read-deck-file.ts
// breaks house/sandbox-imports

import { readFileSync } from 'node:fs'; // wrong

export const deckText = readFileSync('deck.csv', 'utf8');
