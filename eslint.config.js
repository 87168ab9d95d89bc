import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

/**
 * The house's rules for code, beside those of its types. The import directions between rooms are checked by
 * dependency-cruiser; here stands what one file may do by itself.
 */

/** What every engine computes to the last bit; the transcendental functions of browsers differ in it. */
const EXACT_MATH = 'floor|ceil|round|trunc|min|max|abs|sqrt|imul|clz32|fround|sign';

const everywhere = [
  {
    selector: 'TSEnumDeclaration',
    message: 'Use a union of literals, or a constant object: an enum is neither a type nor plain data.',
  },
  {
    selector:
      ':matches(ImportDeclaration, ExportNamedDeclaration, ExportAllDeclaration)[source.value=/^[.]/]:not([source.value=/[.](tsx?|css|json|mjs|svg|md)([?]\\w+)?$/])',
    message: 'Write relative imports with their extension.',
  },
  { selector: 'ExportAllDeclaration', message: 'No barrels: import a thing from the file that defines it.' },
];

/** A run is a pure function of the design, in every browser and in Node, to the last bit. */
const deterministic = [
  {
    selector: `MemberExpression[object.name="Math"]:not([property.name=/^(${EXACT_MATH})$/][computed=false])`,
    message:
      'Only exact functions of Math: browsers differ in the last bit of the others. Use kernel/mathematics.ts.',
  },
  {
    selector: 'Identifier[name="Math"]:not(MemberExpression > .object)',
    message: 'Math is used by naming its function, so that the exact ones can be told from the others.',
  },
  {
    selector: 'BinaryExpression[operator="**"]',
    message: '** differs between browsers: use exp and ln of kernel/mathematics.ts.',
  },
  {
    selector: 'AssignmentExpression[operator="**="]',
    message: '** differs between browsers: use exp and ln of kernel/mathematics.ts.',
  },
  {
    selector: 'MemberExpression[property.name=/^(toLocale\\w+|localeCompare)$/]',
    message: 'What depends on the locale of the machine does not belong in a deterministic room.',
  },
];

/** The state of a run is data: what waits inside a closure cannot be check-pointed, digested or shown. */
const nothingWaits = [
  { selector: ':function[async=true]', message: 'The engine waits for nothing: its state is data.' },
  { selector: ':function[generator=true]', message: 'The engine suspends nothing: its state is data.' },
];

const OUTSIDE_WORLD = [
  'Date',
  'performance',
  'Intl',
  'crypto',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'queueMicrotask',
  'requestAnimationFrame',
  'fetch',
  'process',
  'window',
  'document',
  'navigator',
  'self',
  'globalThis',
  'localStorage',
  'console',
].map((name) => ({
  name,
  message: 'No clock, no chance, no outside world here: a run is a function of its design.',
}));

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', '.stryker-tmp/', 'test-results/', 'coverage/'] },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/consistent-type-exports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      // A number in a template says what it is; only what has no useful text is refused.
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // The underscore marks what a signature demands and a body does not use.
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: 'only-allowed-literals' },
      ],
      '@typescript-eslint/ban-ts-comment': [
        'error',
        { 'ts-expect-error': true, 'ts-ignore': true, 'ts-nocheck': true },
      ],
      'no-restricted-syntax': ['error', ...everywhere],
      'no-restricted-exports': [
        'error',
        { restrictDefaultExports: { direct: true, named: true, defaultFrom: true } },
      ],
      eqeqeq: 'error',
      'no-console': 'error',
      'prefer-const': 'error',
    },
  },
  {
    files: ['src/base/**', 'src/design/**'],
    rules: {
      'no-restricted-syntax': ['error', ...everywhere, ...deterministic],
      'no-restricted-globals': ['error', ...OUTSIDE_WORLD],
    },
  },
  {
    files: ['src/engine/**'],
    rules: {
      'no-restricted-syntax': ['error', ...everywhere, ...deterministic, ...nothingWaits],
      'no-restricted-globals': ['error', ...OUTSIDE_WORLD],
      // A typed array is always in range in the engine's loops, which the compiler cannot know; a check a read would
      // cost a fifth of the speed, and hide nothing that the digest does not show.
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  {
    // The same arrays, read once a frame; and the states of a search, of which there are millions.
    files: ['src/replay/**', 'src/explore/graph.ts'],
    rules: { '@typescript-eslint/no-non-null-assertion': 'off' },
  },
  {
    files: ['src/ui/**'],
    extends: [reactHooks.configs.flat['recommended-latest']],
  },
  {
    files: ['test/{base,cli,design,engine,explore,replay,state,worker}/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: ['**/src/ui/**'],
              message: 'No room but ui knows the page, and so do the tests of none: this is one of test/ui.',
            },
          ],
        },
      ],
    },
  },
  {
    // Command lines speak to their terminal.
    files: ['test/tools/**', 'test/bench/**', 'test/engines/**'],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['*.config.ts'],
    rules: { 'no-restricted-exports': 'off' },
  },
  {
    // Started by Node itself, before anything can compile TypeScript.
    files: ['**/*.{js,mjs,cjs}'],
    extends: [tseslint.configs.base],
    rules: { eqeqeq: 'error', 'prefer-const': 'error', 'no-var': 'error' },
  },
);
