/**
 * Which room may import which, as a checked rule. Imports run one way: no engine value is ever in the page's own bundle,
 * since the page's rooms may know the engine's types alone. No cycles, no barrels, nothing that nobody reaches.
 *
 * One row a room: `from` is the room's files, `values` what it may import, `types` what it may import as types only (in
 * addition), `packages` the npm packages it may use. Itself and base are open to every room.
 */
const BASE = '^src/base/';
const DESIGN = '^src/design/';
const ENGINE = '^src/engine/';
const REPLAY = '^src/replay/';
const EXPLORE = '^src/explore/';
const LESSONS = '^src/lessons/';
const STATE = '^src/state/';
const UI = '^src/ui/';
const CLI = '^src/cli/';
const PROTOCOL = '^src/worker/protocol[.]ts$';
const WORKER_SIDE = '^src/worker/(handle|worker|comparer)';
const WORKER_CLIENT = '^src/worker/client';
const ANYTHING = '^src/';
/** What a page, a worker or Node begins with. */
const ENTRIES =
  '^src/(ui/main[.]tsx|ui/diagram/packetWorker[.]ts|worker/(worker|worker-offline|comparer)[.]ts|cli/main[.]ts)$';

const rooms = [
  { name: 'base', from: BASE, values: [], types: [], packages: [] },
  { name: 'design', from: DESIGN, values: [], types: [], packages: ['zod', 'fflate'] },
  { name: 'engine', from: ENGINE, values: [DESIGN], types: [], packages: [] },
  { name: 'replay', from: REPLAY, values: [DESIGN], types: [ENGINE], packages: [] },
  { name: 'explore', from: EXPLORE, values: [DESIGN], types: [ENGINE], packages: [] },
  { name: 'lessons', from: LESSONS, values: [DESIGN], types: [], packages: [] },
  { name: 'worker-protocol', from: PROTOCOL, values: [], types: [DESIGN, ENGINE, EXPLORE], packages: [] },
  {
    name: 'worker-side',
    from: WORKER_SIDE,
    values: [WORKER_SIDE, ENGINE, EXPLORE, PROTOCOL],
    types: [DESIGN],
    packages: [],
  },
  {
    name: 'worker-client',
    from: WORKER_CLIENT,
    values: [WORKER_CLIENT, PROTOCOL],
    types: [DESIGN, ENGINE],
    packages: [],
  },
  {
    name: 'state',
    from: STATE,
    values: [DESIGN, REPLAY, LESSONS, WORKER_CLIENT],
    types: [ANYTHING],
    packages: ['zustand/(esm/)?(vanilla|middleware)'],
  },
  {
    name: 'ui',
    from: UI,
    values: [STATE, DESIGN, REPLAY, LESSONS],
    types: [ANYTHING],
    packages: [
      ...['react', 'react-dom', '@xyflow/', 'lucide-react', 'zustand', '@fontsource-variable/'],
      // Readers of Markdown, and what its tree is made of.
      ...['mdast', '@types/mdast', 'mdast-util-[a-z-]+', 'micromark-extension-[a-z-]+'],
    ],
  },
  // Vite makes the bundle that lets the command line start without a build.
  { name: 'cli', from: CLI, values: [DESIGN, ENGINE, EXPLORE, REPLAY], types: [], packages: ['vite'] },
];

/** An npm package as dependency-cruiser names it: resolved below node_modules, or as written if it is not installed. */
const npm = (name) => `(^|node_modules/)${name}${name.endsWith('/') ? '' : '(/|[.]|$)'}`;
const NODE_CORE = ['core'];
const NPM = ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg', 'npm-unknown'];

const roomRules = rooms.flatMap(({ name, from, values, types, packages }) => {
  // The protocol is a file of a room of several parts: it may not import its siblings.
  const itself = name === 'worker-protocol' ? [] : [from];
  const open = name === 'worker-protocol' ? [] : [BASE, ...itself, ...values];
  return [
    {
      name: `${name}-values`,
      comment: `What ${name} may import.`,
      severity: 'error',
      from: { path: from },
      to: { path: ANYTHING, pathNot: open, dependencyTypesNot: ['type-only'] },
    },
    {
      name: `${name}-types`,
      comment: `Of what ${name} may know the types.`,
      severity: 'error',
      from: { path: from },
      to: { path: ANYTHING, pathNot: [BASE, from, ...values, ...types] },
    },
    {
      name: `${name}-packages`,
      comment: `Which packages ${name} may use.`,
      severity: 'error',
      from: { path: from },
      to: { dependencyTypes: NPM, pathNot: packages.length > 0 ? packages.map(npm) : '^$' },
    },
  ];
});

const narrower = [
  {
    name: 'xyflow-only-in-diagram',
    comment: 'React Flow is known by the diagram alone.',
    severity: 'error',
    from: { path: '^src/', pathNot: '^src/ui/diagram/' },
    to: { path: npm('@xyflow/') },
  },
  {
    name: 'node-only-in-cli',
    comment: "Everything but the command line runs in a browser too, where Node's own modules do not exist.",
    severity: 'error',
    from: { path: '^src/', pathNot: CLI },
    to: { dependencyTypes: NODE_CORE },
  },
  {
    name: 'every-file-has-a-room',
    comment: 'A file outside the rooms is under no rule, so there is none.',
    severity: 'error',
    from: { path: '^src/', pathNot: [...rooms.map((room) => room.from), '[.]d[.]ts$'] },
    to: {},
  },
  {
    name: 'no-test-in-source',
    comment: 'The tests know the source, never the other way round.',
    severity: 'error',
    from: { path: '^src/' },
    to: { path: '^test/' },
  },
  {
    name: 'no-cycles',
    comment: 'No file needs itself, by types either.',
    severity: 'error',
    from: {},
    to: { circular: true },
  },
  {
    name: 'no-barrels',
    comment: 'A file is imported by its own name, so that what imports what stays visible.',
    severity: 'error',
    from: {},
    to: { path: '^src/.*(^|/)index[.][cm]?[jt]sx?$' },
  },
  {
    name: 'no-unresolvable',
    comment: 'What is imported exists.',
    severity: 'error',
    from: {},
    to: { couldNotResolve: true },
  },
  {
    name: 'nothing-unreached',
    comment: 'Every file serves the page, a worker or the command line.',
    severity: 'error',
    from: { path: ENTRIES },
    to: {
      path: '^src/',
      pathNot: [ENTRIES, '[.]d[.]ts$', '[.]mjs$'],
      reachable: false,
    },
  },
];

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [...roomRules, ...narrower],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'module', 'browser', 'default'],
    },
  },
};
