import { existsSync, writeFileSync } from 'node:fs';
import { CommandError, Exit, type Io } from '../io.js';

const TEMPLATE = `# yaml-language-server: $schema=./node_modules/lwm2m-conformance/harness/sut/schema/sut-file.schema.json
# A system under test. Run it with: npx lwm2m-conformance run client --sut FILE

name: my-client
version: '1.0'
party: client                    # client or server

control:
  - use: exec                    # a command; {uri} {host} {port} {endpoint} {enabler} {lifetime} are filled in
    command: ./my-client -s {uri} -n {endpoint}
    # ready: 'Client started'    # it is up when its output matches; without it, when it runs
    # stimuli:                   # a line for its standard input, by stimulus
    #   set: set {path} {value}
    #   update: update
    # stop: { line: quit }       # or end-of-input, SIGINT, SIGTERM
  # - use: shell                 # a command per stimulus: what the program itself cannot do
  #   stimuli: { restart: ./power.sh cycle }
  # - use: operator              # a person is asked for the rest

# listen: 192.168.0.2:5683       # where our server listens; 127.0.0.1 and a free port unless given
# advertise: 192.168.0.2         # the host that the system is told, where it differs
# endpoint: my-device            # where the system has a fixed name
# bind:                          # resources of the same kind, where it lacks the usual ones
#   observed.a: /3303/0/5700
# allowances: { boot: 15, registration: 30, reaction: 5, stimulus: 10, settle: 0.5 }   # seconds

# statement:                     # what it claims (ICS); a case that needs what is false here does not apply
#   op.create: false
#   queue: false
`;

/** `init`: writes a commented SUT file, and never over one that is there. */
export function initCommand(file: string, io: Io): Promise<number> {
  if (existsSync(file))
    throw new CommandError({
      code: 'init-exists',
      message: 'there is such a file already',
      place: file,
      hint: 'name another, or remove it',
    });
  writeFileSync(file, TEMPLATE);
  io.out(`${file} is written: put your command in it, then`);
  io.out(`  npx lwm2m-conformance plan client --sut ${file}`);
  io.out(`  npx lwm2m-conformance run client --sut ${file}`);
  return Promise.resolve(Exit.ok);
}
