// PrairieLearn's reader of results: node prairielearn.mjs SOURCE NODE results.json…; prairielearn.py calls it.
//
// esbuild, from the folder NODE, runs its TypeScript without the rest of PrairieLearn: a logger and two
// functions about folders are stood in for.

import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const [source, node, ...files] = process.argv.slice(2).map((each) => path.resolve(each));
const need = createRequire(path.join(node, 'package.json'));
const stands = {
  '@prairielearn/logger': 'export const logger = { verbose() {}, error() {} };',
  '@prairielearn/path-utils': 'export const contains = () => true;',
  'chunks.js': 'export const getRuntimeDirectoryForCourse = () => "";',
};
const standIn = {
  name: 'stand-in',
  setup(build) {
    build.onResolve({ filter: /^@prairielearn\/(logger|path-utils)$|\/chunks\.js$/ }, ({ path: name }) => ({
      path: name.endsWith('chunks.js') ? 'chunks.js' : name,
      namespace: 'stand-in',
    }));
    build.onLoad({ filter: /.*/, namespace: 'stand-in' }, ({ path: name }) => ({ contents: stands[name] }));
  },
};
const made = await need('esbuild').build({
  entryPoints: [path.join(source, 'apps/prairielearn/src/lib/externalGraderCommon.ts')],
  bundle: true,
  write: false,
  platform: 'node',
  format: 'cjs',
  nodePaths: [path.join(node, 'node_modules')],
  plugins: [standIn],
});
const module = { exports: {} };
new Function('module', 'exports', 'require', made.outputFiles[0].text)(module, module.exports, need);
const found = {};
for (const file of files) {
  const results = JSON.parse(fs.readFileSync(file, 'utf8'));
  const { grading } = module.exports.makeGradingResult('1', { succeeded: true, results });
  found[path.basename(file, '.json')] = {
    score: grading.score,
    broken: JSON.parse(grading.format_errors)._external_grader,
    gradable: grading.feedback.results.gradable,
    tests: grading.feedback.results.tests.length,
  };
}
console.log(JSON.stringify(found));
