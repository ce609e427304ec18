/** Who may import whom. See ARCHITECTURE.md; every rule here is an error. */
const only = (name, from, allowed, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from, pathNot: '\\.test\\.ts$' },
  to: { path: '^(metrics|server|components|app|seed|scripts|tests|e2e)/', pathNot: [from, ...allowed] },
});

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'resolvable',
      severity: 'error',
      from: { pathNot: '^scripts/boundaries/' },
      to: { couldNotResolve: true, pathNot: '\\.css$' },
    },

    // metrics: pure, no I/O, no clock.
    only('metrics-base', '^metrics/(model|time|format)/', ['^metrics/(model|time|format)/']),
    only('metrics-regions', '^metrics/(regions|geo)/', ['^metrics/(model|regions|geo)/']),
    only('metrics-expression', '^metrics/expression/', ['^metrics/(model|time)/']),
    only('metrics-lineage', '^metrics/lineage/', ['^metrics/(model|expression)/']),
    only('metrics-calculus', '^metrics/calculus/', ['^metrics/(model|time|format)/']),
    only('metrics-workings', '^metrics/workings/', ['^metrics/(model|time|format|calculus)/']),
    only('metrics-validate', '^metrics/validate/', ['^metrics/(model|time|expression|lineage|catalogue)/']),
    only('metrics-compile', '^metrics/compile/', ['^metrics/(model|time|expression)/']),
    only('metrics-functions', '^metrics/functions/', ['^metrics/(model|time|format|calculus|compile)/']),
    only('metrics-derive', '^metrics/derive/', ['^metrics/(model|time|format|expression|calculus)/']),
    {
      name: 'metrics-is-pure',
      comment: 'no file, network, process or store in metrics',
      severity: 'error',
      from: { path: '^metrics/', pathNot: '\\.test\\.ts$' },
      to: { dependencyTypes: ['core'], pathNot: '^(node:)?crypto$' },
    },
    {
      name: 'metrics-knows-no-store',
      severity: 'error',
      from: { path: '^metrics/' },
      to: { path: 'node_modules/(@clickhouse|pg|drizzle-orm|next|react|chdb)/' },
    },

    // server: each layer sees what is below it.
    {
      name: 'stores-do-not-know-each-other',
      severity: 'error',
      from: { path: '^server/(db|warehouse)/([^/]+)', pathNot: '\\.test\\.ts$' },
      to: { path: '^server/(db|warehouse)/', pathNot: '^server/$1/' },
    },
    {
      name: 'warehouse-knows-no-metric',
      severity: 'error',
      from: { path: '^server/warehouse/', pathNot: '\\.test\\.ts$' },
      to: { path: '^(metrics|server/(datasets|ingest|compute|observations|services|jobs|api))/' },
    },
    {
      name: 'services-below-api-and-jobs',
      severity: 'error',
      from: {
        path: '^server/(datasets|ingest|compute|observations|services|auth|access)/',
        pathNot: '\\.test\\.ts$',
      },
      to: { path: '^server/(api|jobs|commands|app|runtime)' },
    },
    {
      name: 'api-and-jobs-apart',
      severity: 'error',
      from: { path: '^server/(api|jobs)/', pathNot: '\\.test\\.ts$' },
      to: { path: '^server/(api|jobs)/', pathNot: '^server/$1/' },
    },
    {
      name: 'api-has-no-store',
      comment: 'the API calls verbs; it never reads a store itself',
      severity: 'error',
      from: { path: '^server/api/', pathNot: '\\.test\\.ts$' },
      to: { path: '^server/(db|warehouse|compute|ingest|observations)/' },
    },
    {
      name: 'server-knows-no-screen',
      severity: 'error',
      from: { path: '^server/' },
      to: { path: '^(app|components|seed|scripts|e2e)/' },
    },
    {
      name: 'runtime-is-for-doors',
      severity: 'error',
      from: {
        path: '^(server/(api|services|jobs|compute|ingest|observations|datasets|auth|access)|components)/',
        pathNot: '\\.test\\.ts$',
      },
      to: { path: '^server/(runtime|app)\\.ts$' },
    },

    // screens
    {
      name: 'components-know-no-server',
      comment: "only the router's type",
      severity: 'error',
      from: { path: '^components/' },
      to: {
        path: '^(server|app|seed|scripts)/',
        pathNot: '^server/(api/root\\.ts|services/[^/]+/[^/]*types?\\.ts)$',
      },
    },
    {
      name: 'app-reaches-server-by-its-doors',
      severity: 'error',
      from: { path: '^app/', pathNot: '^app/(_trpc|api|\\([a-z]+\\)/device)' },
      to: { path: '^server/', pathNot: '^server/(api/root\\.ts|services/[^/]+/[^/]*types?\\.ts)$' },
    },
    {
      name: 'one-importer-of-echarts',
      severity: 'error',
      from: { pathNot: '^components/charts/' },
      to: { path: 'node_modules/echarts/' },
    },
    {
      name: 'one-importer-of-deck',
      severity: 'error',
      from: { pathNot: '^components/maps/' },
      to: { path: 'node_modules/@deck.gl/' },
    },
    {
      name: 'nobody-imports-tests',
      severity: 'error',
      from: { path: '^(metrics|server|components|app|seed|scripts)/', pathNot: '\\.test\\.tsx?$' },
      to: { path: '^(tests|e2e)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(\\.next|\\.data|node_modules/\\.cache)/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.cjs', '.json', '.d.ts'],
    },
  },
};
