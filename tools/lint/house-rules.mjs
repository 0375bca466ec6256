// Rules of the house that no published plugin knows, as small ESLint rules. eslint.config.mjs says where each holds;
// test/architecture proves each by a file that breaks it.
import { builtinModules } from 'node:module';
import { basename } from 'node:path';

const vagueNames = new Set([
  'util',
  'utils',
  'helper',
  'helpers',
  'common',
  'shared',
  'manager',
  'managers',
  'base',
]);
const serviceRoles = new Set([
  'schema',
  'repository',
  'service',
  'controller',
  'activities',
  'module',
  'spec',
]);

/** A rule that reports every node found by one of the selectors. */
const forbid = (bans) => ({
  meta: { type: 'problem', schema: [] },
  create: (context) =>
    Object.fromEntries(
      Object.entries(bans).map(([selector, message]) => [
        selector,
        (node) => context.report({ node, message }),
      ]),
    ),
});

/** A rule about what a file imports, in whichever form: `fault` gets the specifier and answers a message or null. */
const imports = (fault) => ({
  meta: { type: 'problem', schema: [] },
  create: (context) => {
    const check = (node) => {
      const message = typeof node?.value === 'string' ? fault(node.value) : null;
      if (message) context.report({ node, message });
    };
    return {
      ImportDeclaration: ({ source }) => check(source),
      ImportExpression: ({ source }) => check(source),
      ExportAllDeclaration: ({ source }) => check(source),
      ExportNamedDeclaration: ({ source }) => check(source),
      TSImportType: ({ source }) => check(source),
      TSExternalModuleReference: ({ expression }) => check(expression),
      "CallExpression[callee.name='require']": ({ arguments: [source] }) => check(source),
    };
  },
});

const isBuiltin = (name) => name.startsWith('node:') || builtinModules.includes(name.split('/')[0]);
const frameworks =
  /^(@nestjs\/|nestjs-|@temporalio\/|mongoose$|mongodb$|express$|rxjs|pino|nodemailer$|prom-client$|reflect-metadata$)/;
const outsideTheSandbox = /^(@nestjs\/|nestjs-|mongoose$|mongodb$|@temporalio\/(?!(workflow|common)$))/;

const handlersInUntil = {
  meta: { type: 'problem', schema: [] },
  create: (context) => ({
    "CallExpression[callee.name='setHandler']": (node) =>
      context.report({
        node,
        message: 'signals and updates are handled through onSignal and onUpdate of until.ts: they keep time',
      }),
  }),
};

const fileNames = {
  meta: { type: 'problem', schema: [] },
  create: (context) => ({
    Program: (node) => {
      const name = basename(context.filename);
      const folders = context.filename.slice(context.cwd.length).split(/[\\/]/).slice(1, -1);
      const vague = [...folders, ...name.split(/[.-]/)].find((part) => vagueNames.has(part));
      if (vague) context.report({ node, message: `"${vague}" says nothing: name the file for what it does` });
      if (!/^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(name)) {
        context.report({ node, message: `${name}: file names are kebab-case` });
      }
    },
  }),
};

const serviceFileRoles = {
  meta: { type: 'problem', schema: [] },
  create: (context) => ({
    Program: (node) => {
      const roles = basename(context.filename).split('.').slice(1, -1);
      const unknown = roles.find((role) => !serviceRoles.has(role));
      if (unknown) {
        context.report({ node, message: `role "${unknown}" is not one of ${[...serviceRoles].join(', ')}` });
      }
    },
  }),
};

export const houseRules = {
  meta: { name: 'house' },
  rules: {
    'file-names': fileNames,
    'service-file-roles': serviceFileRoles,
    'handlers-in-until': handlersInUntil,

    'sandbox-imports': imports((name) => {
      if (isBuiltin(name)) return `${name}: this library runs where Node's own modules do not exist`;
      return outsideTheSandbox.test(name) ? `${name}: only @temporalio/workflow and /common here` : null;
    }),

    'domain-imports': imports((name) =>
      isBuiltin(name) || frameworks.test(name) || name === '@tollkeeper/platform'
        ? `${name}: domain rules are pure; frameworks, Node and the platform stay outside the folder`
        : null,
    ),

    'workflow-time': forbid({
      "ImportSpecifier[imported.name='sleep']": 'waits go through until(): a sandbox has no other time',
      'CallExpression[callee.name=/^(sleep|setTimeout|setInterval|setImmediate)$/]':
        'waits go through until(): a sandbox has no other time',
      'CallExpression[callee.property.name=/^(sleep|setTimeout|setInterval)$/]':
        'waits go through until(): a sandbox has no other time',
      "CallExpression[callee.name='condition'][arguments.length>1]":
        'condition with a timeout is a hidden timer: use until(instant, orWhen)',
      ":matches(NewExpression, CallExpression)[callee.name='Date']":
        'business time comes from now() of until.ts, as a string',
      "MemberExpression[object.name='Date']": 'business time comes from now() of until.ts, as a string',
    }),

    'business-time': forbid({
      "NewExpression[callee.name='Date'][arguments.length=0]":
        'business time is data: take `at` from the input or the door',
      "CallExpression[callee.name='Date']": 'business time is data: take `at` from the input or the door',
      "MemberExpression[object.name='Date'][property.name='now']":
        'business time is data: take `at` from the input or the door',
    }),

    'no-floating-money': forbid({
      "CallExpression[callee.name='parseFloat']": 'no floating point: use @tollkeeper/money',
      "MemberExpression[property.name='parseFloat']": 'no floating point: use @tollkeeper/money',
      "MemberExpression[property.name='toFixed']":
        'no floating point: use formatMoney or decimalOf of @tollkeeper/money',
    }),

    'queries-in-repositories': forbid({
      "CallExpression[callee.property.name='collection']": 'only <noun>.repository.ts queries',
    }),

    'honest-specs': forbid({
      'MemberExpression[object.name=/^(it|test|describe)$/][property.name=/^(only|todo)$/]':
        'every spec runs',
      'CallExpression[callee.object.name=/^(it|test|describe)$/][callee.property.name="skip"]':
        'every spec runs: skip only by a condition that says what is missing',
      'CallExpression[callee.name=/^(fit|fdescribe|xit|xtest|xdescribe)$/]': 'every spec runs',
    }),

    'no-waiting-specs': forbid({
      'CallExpression[callee.name=/^(setTimeout|setInterval|sleep|pause|wait|delay)$/]':
        'specs wait for a fact, not for time to pass',
      'ImportDeclaration[source.value=/^(node:)?timers/]': 'specs wait for a fact, not for time to pass',
    }),

    'no-process-queries': forbid({
      "ImportSpecifier[imported.name='defineQuery']":
        'a query may replay a history that is not at rest: define what a process shows by defineProgress',
    }),

    'plain-language': forbid({
      TSEnumDeclaration: 'string unions and one transition table, no enums',
      'TSInterfaceDeclaration[id.name=/^I[A-Z][a-z]/]': 'no I prefix: name the thing itself',
    }),

    'named-exports': forbid({
      ExportDefaultDeclaration: 'a thing has one name everywhere: export it by name',
      "ExportSpecifier[exported.name='default']": 'a thing has one name everywhere: export it by name',
    }),
  },
};
