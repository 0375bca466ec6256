const fc = require('fast-check');

// CI judges a commit, so the same commit gets the same cases; everywhere else each run tries new ones.
if (process.env.CI) fc.configureGlobal({ seed: 20261123 });
