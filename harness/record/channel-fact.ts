/** What the channel of a party of ours tells of itself, for programs; the names are those of the DTLS stack. */
export type ChannelFact =
  | {
      readonly event: 'connected';
      /** `PSK_AES_128_CCM_8` */
      readonly suite: string;
      /** What a client has proven: `psk`, `rpk`, `x509`, or `anonymous`; to a client that it has itself. */
      readonly identity: string;
      /** PSK identity, or common name. */
      readonly name?: string;
      readonly resumed: boolean;
      /** Asked for by SNI. */
      readonly serverName?: string;
      /** Lengths of the connection ids to this side and to the peer; undefined: not agreed. */
      readonly connectionIds?: { readonly own: number; readonly peer: number };
      readonly extendedMasterSecret: boolean;
    }
  | {
      readonly event: 'alert';
      readonly direction: 'sent' | 'received';
      readonly level: string;
      readonly code: number;
      /** `unknown_psk_identity` */
      readonly name: string;
    }
  | { readonly event: 'closed'; readonly by: 'self' | 'peer' }
  /** Codes of a problem: `dtls-timeout`, `certificate-expired` … */
  | { readonly event: 'failed'; readonly code: string }
  /** The address of the peer has changed under a connection id. */
  | { readonly event: 'moved' }
  | { readonly event: 'dropped'; readonly reason: string };
