export type { AccountSecurity, Place, ServerAccount } from './account.js';
export { BootstrapServerRole } from './bootstrap-server-role.js';
export {
  checkStep,
  formatCommand,
  writesOf,
  type Command,
  type Provisioning,
  type Step,
  type Write,
} from './provisioning.js';
export type { BootstrapRequest, BootstrapServerOptions } from './session-table.js';
export type { BootstrapEvent, BootstrapSession, Done, SessionState } from './session.js';
export type { Verdict } from './sequence.js';
