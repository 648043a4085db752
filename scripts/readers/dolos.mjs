// Dolos compares files: node dolos.mjs NODE info.csv [BASE.py]; similar.py calls it. Prints pairs as JSON.

import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { readFileSync } from 'node:fs';

const [node, info, base] = process.argv.slice(2);
const folder = path.resolve(node, 'node_modules/@dodona/dolos-lib');
const { exports } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
const { Dolos } = await import(pathToFileURL(path.join(folder, exports)));
const found = await new Dolos({ language: 'python' }).analyzePaths([info], ...(base ? [base] : []));
const learner = (file) => path.basename(path.dirname(file.path));
console.log(JSON.stringify(found.allPairs().map((pair) => [pair.similarity, learner(pair.leftFile), learner(pair.rightFile)])));
