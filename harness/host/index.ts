/** Running the suite from a program: `import { run, catalogue } from 'lwm2m-conformance'`. */
export { catalogue } from './catalogue.generated.js';
export { Exit, CommandError, type Io } from './io.js';
export { playerOf, referencePlayer, type Player } from './run/parties.js';
export type { RunOptions } from './run/options.js';
export { exitCodeOf, run, type Ran } from './run/run.js';
export { formatJunit } from '../../reports/junit.js';
export { formatMarkdown } from '../../reports/summary.js';
export { parseResults, validateResults, type Results } from '../../reports/results.js';
