#!/usr/bin/env node
// `npx tollkeeper ...`: the command goes through the same door as the npm scripts, which installs and builds what is missing.
process.argv.splice(2, 0, 'tollkeeper');
await import('../bootstrap.mjs');
