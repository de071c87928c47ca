import svelte from 'eslint-plugin-svelte'
import ts from 'typescript-eslint'
import svelteConfig from './svelte.config.js'

/** What the files of a folder may not import: app → features → parts → charts|ui|api|i18n. */
function boundary(files, groups, message) {
  return { files, rules: { 'no-restricted-imports': ['error', { patterns: [{ group: groups, message }] }] } }
}

const source = (folder) => [`src/${folder}/**/*.ts`, `src/${folder}/**/*.svelte`]

export default ts.config(
  { ignores: ['dist/', 'node_modules/', 'src/api/schema.ts', 'walks/out/'] },
  ...ts.configs.recommended,
  ...svelte.configs.recommended,
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } },
  },
  {
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'svelte/no-navigation-without-resolve': 'off', // a rule of SvelteKit's router; ours is src/ui/router
      'svelte/prefer-svelte-reactivity': 'off',
      'svelte/no-useless-mustaches': 'off', // {' '} keeps a space at the edge of a block
      'no-undef': 'off', // the type check does it
    },
  },
  boundary(source('features'), ['../../features/*', '../[a-z]*/*', '!../../*', '**/app/*'], 'Features do not import each other or the app.'),
  boundary(source('parts'), ['**/features/*', '**/app/*'], 'Parts serve several features and import none.'),
  boundary(source('ui'), ['**/api/*', '**/parts/*', '**/features/*', '**/app/*'], 'ui imports only ui and i18n.'),
  boundary(source('charts'), ['**/api/*', '**/parts/*', '**/features/*', '**/app/*'], 'charts import only ui and i18n.'),
  boundary(source('api'), ['**/ui/*', '**/parts/*', '**/features/*', '**/app/*'], 'api imports only i18n.'),
  boundary(source('i18n'), ['**/ui/*', '**/api/*', '**/parts/*', '**/features/*', '**/app/*'], 'i18n imports nothing of ours.'),
)
