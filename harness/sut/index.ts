/** The control contract, and its carriers on both ends: `import … from 'lwm2m-conformance/sut'`. */
export * from './contract.js';
export { checkAdapter, type CheckOptions, type Finding } from './check-adapter.js';
export { answerControl, serveStdio } from './control-server.js';
export { controlsOf, type ControlsOptions } from './controls.js';
export { exec, type ExecOptions, type ExecSut } from './exec.js';
export { http, type HttpOptions, type HttpSut } from './http.js';
export { mixed } from './mixed.js';
export { moduleSut } from './module.js';
export { operator, type OperatorAnswer, type OperatorOptions, type OperatorSut } from './operator.js';
export {
  referenceBootstrapServer,
  type BootstrapServerSetup,
  type ReferenceBootstrapServerOptions,
} from './reference-bootstrap-server.js';
export { referenceClient, type ReferenceClientOptions } from './reference-client.js';
export { referenceServer, type ReferenceServerOptions, type ServerSetup } from './reference-server.js';
export { serveHttp, type HttpService } from './serve-http.js';
export { shell, type ShellOptions, type ShellSut } from './shell.js';
export { stdio, type StdioOptions, type StdioSut } from './stdio.js';
export { parseSutFile, type SutFile } from './sut-file.js';
