import nx from '@nx/eslint-plugin';
import tseslint from 'typescript-eslint';

/** Modules that do I/O, tell the time or are a framework: nothing a rule may know. */
const NOT_FOR_RULES = {
  group: [
    '@nestjs/*',
    'mongoose',
    'kafkajs',
    'rxjs',
    'fastify',
    'pino',
    'node:*',
    '@aiqyn/platform',
    '@aiqyn/platform/cli',
    '!node:crypto',
    '**/*.schema.js',
    '**/*.controller.js',
  ],
  message:
    'A *.rules.ts file is pure: it imports only contracts and other rules, so that a decision can be tested as a table.',
};

export default tseslint.config(
  { ignores: ['**/dist/**', '**/node_modules/**', '**/*.mjs', 'libs/client/src/generated/**'] },
  ...tseslint.configs.recommendedTypeChecked,
  {
    files: ['**/*.ts'],
    plugins: { '@nx': nx },
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      // Destructured callbacks of kafkajs and Fastify are plain functions; the rule cannot tell.
      '@typescript-eslint/unbound-method': 'off',
      '@nx/enforce-module-boundaries': [
        'error',
        {
          enforceBuildableLibDependency: false,
          allow: [],
          depConstraints: [
            { sourceTag: 'type:contracts', onlyDependOnLibsWithTags: [] },
            { sourceTag: 'type:platform', onlyDependOnLibsWithTags: ['type:contracts'] },
            // Whoever calls the services from outside takes it as it is.
            { sourceTag: 'type:client', onlyDependOnLibsWithTags: [] },
            { sourceTag: 'type:service', onlyDependOnLibsWithTags: ['type:contracts', 'type:platform'] },
            { sourceTag: 'type:deploy', onlyDependOnLibsWithTags: ['type:contracts', 'type:client', 'type:deploy'] },
            // It reads and writes the log, and only the platform knows the client for that.
            { sourceTag: 'type:backup', onlyDependOnLibsWithTags: ['type:contracts', 'type:platform'] },
            {
              sourceTag: 'type:test',
              onlyDependOnLibsWithTags: ['type:contracts', 'type:platform', 'type:deploy', 'type:service'],
            },
          ],
        },
      ],
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: ['kafkajs', 'kafkajs/*'],
              message: 'kafkajs stays under libs/platform/src/kafka, so that the client can be replaced in one folder.',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['services/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: ['kafkajs', 'kafkajs/*'],
              message: 'kafkajs stays under libs/platform/src/kafka, so that the client can be replaced in one folder.',
            },
            {
              group: [
                '@aiqyn/reporting',
                '@aiqyn/risk-analysis',
                '@aiqyn/compliance',
                '@aiqyn/report-compilation',
                '@aiqyn/*/*',
                '!@aiqyn/contracts/rule-error',
                '!@aiqyn/platform/cli',
              ],
              message:
                'Services talk only through events: importing one from another would let it read what only its owner may see.',
            },
          ],
        },
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector: "MemberExpression[object.name='process'][property.name='env']",
          message: 'Settings are read once, in the config class that refuses to start without them.',
        },
      ],
    },
  },
  {
    files: ['libs/contracts/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: ['@nestjs/*', 'mongoose', 'kafkajs', '@aiqyn/*'],
              message: 'Contracts are what flows; they know nothing of how it flows.',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['**/*.rules.ts'],
    rules: {
      'no-restricted-imports': ['error', { patterns: [NOT_FOR_RULES] }],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'Time is an argument of a rule.' },
        { object: 'Math', property: 'random', message: 'Randomness is an argument of a rule.' },
      ],
    },
  },
  {
    files: ['services/reporting/src/sealing/*.ts', 'services/reporting/src/cleaning/*.ts'],
    ignores: ['**/*.spec.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: 'ImportDeclaration[source.value=/^(node:|@aiqyn\\/|@nestjs\\/|mongoose)/]',
          message:
            'What cleans and seals runs in a citizen’s browser as well: nothing of Node, nothing of the service.',
        },
      ],
    },
  },
  {
    files: ['libs/platform/src/kafka/**/*.ts', 'deploy/**/*.ts', 'test/**/*.ts'],
    ignores: ['deploy/backup/**'],
    rules: { 'no-restricted-imports': 'off' },
  },
  {
    // What damages inputs is for tests only; a service never imports it.
    files: ['services/**/*.fuzz.spec.ts'],
    rules: { 'no-restricted-imports': 'off' },
  },
  {
    files: ['**/*.spec.ts'],
    rules: {
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
    },
  },
);
