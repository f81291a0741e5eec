/** The control contract and the carriers of an adapter: `import … from 'lwm2m-conformance/sut'`. */
export * from './contract.js';
export { serveStdio } from './control-server.js';
export { parseSutFile, type SutFile } from './sut-file.js';
