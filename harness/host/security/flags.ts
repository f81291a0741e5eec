import { Option, type Command } from 'commander';

/** What carries CoAP between client and server. */
export const TRANSPORTS = ['udp', 'dtls-psk', 'dtls-rpk', 'dtls-x509'] as const;
export type Transport = (typeof TRANSPORTS)[number];

/** Options of the command line, and the fields of `security` in a SUT file, which has them under the same names. */
export interface SecurityOptions {
  readonly transport?: Transport;
  /** `identity:hexkey`; on the command line of a server several. */
  readonly psk?: string | readonly string[];
  /** Files: our certificate (others of its path behind it), its key, and what the peer is judged by. */
  readonly cert?: string;
  readonly key?: string;
  readonly trust?: string;
  /** Files: our private key, and the public key of the peer. */
  readonly rpk?: string;
  readonly peerRpk?: string;
}

/** Adds the security options to a command; they are the same for all. */
export function withSecurityOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--transport <transport>', 'what carries CoAP; udp unless credentials say otherwise').choices(
        TRANSPORTS,
      ),
    )
    .option('--psk <identity:hexkey>', 'a pre-shared key; a server takes several of them', collected)
    .option('--rpk <file>', 'our private key, for raw public keys')
    .option('--peer-rpk <file>', 'the raw public key of the peer')
    .option('--cert <file>', 'our certificate, those above it behind it')
    .option('--key <file>', 'the private key of our certificate')
    .option('--trust <file>', 'what the peer is judged by: authorities, or its own certificate');
}

const collected = (text: string, before: readonly string[] = []): readonly string[] => [...before, text];
