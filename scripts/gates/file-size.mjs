// Files stay small: aim under 250 lines, 400 is the gate. A file that has grown past it has more than one subject.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';

const AIM_LINES = 250;
const GATE_LINES = 400;
const SOURCE = /\.(ts|tsx|mjs|cjs|css)$/;

const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => SOURCE.test(file) && fs.existsSync(file));
const sizes = files
  .map((file) => ({ file, lines: fs.readFileSync(file, 'utf8').split('\n').length }))
  .sort((a, b) => b.lines - a.lines);
const over = sizes.filter((size) => size.lines > GATE_LINES);
const near = sizes.filter((size) => size.lines > AIM_LINES && size.lines <= GATE_LINES);

console.log(
  `${sizes.length} source files, ${near.length} over ${AIM_LINES} lines, ${over.length} over ${GATE_LINES}`,
);
for (const { file, lines } of over) console.log(`  ${lines}  ${file}`);
process.exit(over.length > 0 ? 1 : 0);
