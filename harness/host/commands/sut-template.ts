/** What `init` writes: every field of a SUT file, with what it means. A test holds it to the schema. */
export const SUT_TEMPLATE = `# yaml-language-server: $schema=./node_modules/lwm2m-conformance/harness/sut/schema/sut-file.schema.json
# A system under test: how it is started and controlled, where it is reached, what it claims.
# (The schema above: harness/sut/schema/sut-file.schema.json of the package. Editors complete and check the file with it.)
#
#   npx lwm2m-conformance plan client --sut FILE     which cases, why others do not apply, how long it takes
#   npx lwm2m-conformance run client --sut FILE      run them

name: my-client                  # in reports
version: '1.0'
party: client                    # client, server or bootstrap-server

# How it is started and told what to do. Of several, the first that supports a stimulus gets it.
control:
  - use: exec                    # a command of yours, started for each case
    # Filled in: {uri} or {host} {port} of our server, {endpoint} {enabler} {lifetime}, {ssid} the Short Server ID;
    # {uri2} … of a second server; {psk-identity} {psk-key} {credential.NAME} under DTLS; {node} {package}.
    command: ./my-client -s {uri} -n {endpoint}
    # A client that can begin with a Bootstrap-Server alone: {bootstrap-uri} is its address, and nothing in other cases;
    # {server-uri} is {uri}, and nothing where the client has to ask. Without one of them these cases do not apply.
    # command: ./my-client --server={server-uri} --bootstrap={bootstrap-uri} -n {endpoint}
    # ready: 'Client started'    # it is up when its output matches; without it, when it runs
    # stimuli:                   # a line for its standard input, by stimulus
    #   set: set {path} {value}  # a resource takes a new value, as by a sensor
    #   update: update           # sends an Update
    #   deregister: deregister
    #   bootstrap: bootstrap     # asks its Bootstrap-Server
    #   send: send {paths}       # 1.1: sends values of its own accord
    #   offline: offline {seconds}
    # stop: { line: quit }       # or end-of-input, SIGINT, SIGTERM; SIGTERM unless given
    # cwd: ./build
    # env: { LOG: debug }
    # address: 127.0.0.1:{port}  # of a server: where it listens
  # - use: stdio                 # or a program that speaks the control contract on standard input and output,
  #   command: ./my-adapter
  # - use: http                  # over HTTP,
  #   url: http://127.0.0.1:8080/
  # - use: module                # or as a module of JavaScript (docs/control-contract.md)
  #   path: ./my-adapter.mjs
  # - use: shell                 # a command per stimulus: what the program itself cannot do
  #   start: ./power.sh on
  #   stop: ./power.sh off
  #   stimuli: { restart: ./power.sh cycle }
  # - use: operator              # a person is asked for the rest
  #   starts: false              # and starts it, where nothing else does

# lifecycle: warm                # fresh: started for each case (unless given); warm: kept; external: a device that runs already
# listen: 192.168.0.2:5683       # where our server listens; 127.0.0.1 and a free port unless given
# advertise: 192.168.0.2         # the host that the system is told, where it differs
# endpoint: my-device            # where the system has a fixed name
# bind:                          # resources of the same kind, where it lacks the usual ones: docs/connecting-a-sut.md
#   observed.a: /3303/0/5700
# allowances:                    # seconds that it may take
#   boot: 15                     # from its start to its first word
#   registration: 30             # from there until it is registered
#   stimulus: 10                 # until a stimulus is carried out
#   reaction: 5                  # from there to its effect
#   settle: 0.5                  # left alone after its registration

# statement:                     # what it claims (ICS): a case that needs what is false here does not apply.
#   op.create: false             # What is not said is found out from the client, as far as it shows it.
#   object.5: false
#   resource./1/4: false         # Disable of the Server object
#   format.110: true             # SenML JSON
#   queue: false
#   servers.2: true              # takes a second server: by {uri2}, or from a Bootstrap-Server
#   acl: true                    # has access control

# security:                      # what protects the channel: docs/security.md
#   transport: dtls-psk          # udp, dtls-psk, dtls-rpk, dtls-x509
#   psk: my-client:00112233445566778899aabbccddeeff   # made for the run unless given
#   rpk: our-key.pem             # ours, with raw public keys …
#   peer-rpk: client-key.pem     # … and the system's
#   cert: our-cert.pem           # ours, with certificates …
#   key: our-cert-key.pem
#   trust: client-ca.pem         # … and what the system's is judged by
`;
