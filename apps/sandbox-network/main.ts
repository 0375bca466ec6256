import { runEdge } from '@tollkeeper/sandbox-edge';
import { Books } from './books';
import { buildServer } from './server';
import { readSettings } from './settings';

runEdge(() => {
  const settings = readSettings(process.env);
  const books = new Books(settings.mongodbUri);
  return { ...settings, books, server: () => buildServer(settings, books) };
});
