const { compilerOptions } = require('./tsconfig.base.json');

/** tsconfig.base.json is the only list of aliases; jest reads it here. */
exports.pathsToModuleNameMapper = () =>
  Object.fromEntries(
    Object.entries(compilerOptions.paths).map(([alias, [file]]) => [
      `^${alias}$`,
      file.replace('./', '<rootDir>/'),
    ]),
  );
