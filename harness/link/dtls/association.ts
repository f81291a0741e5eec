import type { Problem } from '../../base/error.js';
import type { Address } from '../link.js';
import { Abort, ALERTS, alertName, decodeAlert, encodeAlert, type AlertLevel, type AlertName } from './alert.js';
import { describeFault } from './fault.js';
import { decodeFragments, HANDSHAKE, handshakeName } from './handshake.js';
import type { Fragment, HandshakeMessage } from './handshake.js';
import type { Side } from './key-schedule.js';
import { Outbox } from './outbox.js';
import { Reassembly } from './reassembly.js';
import { CONTENT, type PlainRecord, type WireRecord } from './record.js';
import { RecordLayer, type DropReason, type Epoch1 } from './record-layer.js';
import type { SessionInfo } from './session.js';
import type { Environment } from './settings.js';

/** The part of an association that knows the order and meaning of handshake messages. */
export interface Machine {
  /** @throws Abort */
  handle(message: HandshakeMessage): void;
}

/** What an association tells the link that it is part of. */
export interface Listener {
  transmit(datagram: Uint8Array): void;
  deliver(plaintext: Uint8Array): void;
  established(): void;
  alert(direction: 'sent' | 'received', level: AlertLevel, code: number): void;
  closed(by: 'self' | 'peer'): void;
  failed(problem: Problem): void;
  dropped(reason: DropReason): void;
}

/** Where a server goes on from the ClientHello that it has verified (RFC 6347 §4.2.1, §4.2.2). */
export interface Position {
  readonly recordSequence: number;
  readonly messageSequence: number;
}

/** Records and plaintext that came before they can be used: bounds on what a peer can make us hold. */
const EARLY = 16;
/** Finished records that do not open before the keys are taken to differ: three, as one damaged record must not end a handshake. */
const UNREADABLE = 3;

/** One peer: its records, its handshake as far as both roles share it, its end. */
export class Association {
  readonly records: RecordLayer;
  readonly outbox: Outbox;
  machine: Machine | undefined;
  #state: 'handshake' | 'established' | 'ended' = 'handshake';
  #session: SessionInfo | undefined;
  readonly #reassembly: Reassembly;
  /** `message_seq` of the last message that our flight answers; a repeat of it asks for the flight again. */
  #answered = -1;
  #cipherChanged = false;
  #earlyRecords: WireRecord[] = [];
  #earlyData: Uint8Array[] = [];
  #unreadable = 0;

  constructor(
    readonly side: Side,
    readonly environment: Environment,
    readonly listener: Listener,
    start: Position = { recordSequence: 0, messageSequence: 0 },
  ) {
    this.records = new RecordLayer(start.recordSequence);
    this.#reassembly = new Reassembly(side === 'server' ? start.messageSequence + 1 : 0);
    this.outbox = new Outbox(
      environment,
      this.records,
      start.messageSequence,
      (datagram) => listener.transmit(datagram),
      () => this.#timeOut(),
    );
  }

  get session(): SessionInfo | undefined {
    return this.#state === 'established' ? this.#session : undefined;
  }

  // ---- what the machines call

  /** Starts the flight that answers what has been received so far. */
  beginFlight(): void {
    this.outbox.begin();
    this.#answered = this.#reassembly.next - 1;
  }

  /** The peer has repeated its hello: our flight was lost. An established session has nothing to repeat. */
  repeatFlight(): void {
    if (this.#state === 'handshake') this.outbox.repeat();
  }

  /** Keys are there; records of epoch 1 are read once the peer's ChangeCipherSpec has come. */
  arm(keys: Epoch1): void {
    this.records.arm(keys);
  }

  establish(session: SessionInfo): void {
    this.#state = 'established';
    this.#session = session;
    if (this.#answered < this.#reassembly.next - 1) this.outbox.begin();
    this.outbox.stop();
    // Thousands of sessions may stand; their handshakes need not be kept.
    this.outbox.transcript.restart();
    this.machine = undefined;
    this.listener.established();
    for (const data of this.#earlyData.splice(0)) this.listener.deliver(data);
  }

  /** Forgets what came early: it belongs to a handshake before this one, delayed on its way. */
  discardEarly(): void {
    this.#reassembly.clear();
    this.#earlyRecords = [];
    this.#cipherChanged = false;
  }

  // ---- what the links call

  /**
   * @param onOpened called when the record has been opened and before it has any effect
   * @returns whether the record is one of this association's: of a handshake under way, or opened with its keys
   */
  receive(record: WireRecord, onOpened: () => void = () => undefined): boolean {
    if (this.#state === 'ended') return false;
    if (record.epoch === 1 && !this.#reads) {
      if (this.#earlyRecords.length < EARLY)
        this.#earlyRecords.push({ ...record, fragment: Uint8Array.from(record.fragment) });
      return true;
    }
    // Nothing in the clear can change an established session: anyone could have sent it.
    if (record.epoch === 0 && this.#state === 'established') return this.#drop('epoch');
    const opened = this.records.open(record);
    if ('dropped' in opened) {
      if (opened.dropped === 'unreadable' && record.type !== CONTENT.application_data) this.#noteUnreadable();
      return this.#drop(opened.dropped);
    }
    onOpened();
    // What the layer above does with data is its own affair, and no fault of this handshake.
    if (opened.record.type === CONTENT.application_data) this.#handleData(opened.record.fragment);
    else this.#attempt(() => this.#handle(opened.record));
    return true;
  }

  send(plaintext: Uint8Array): void {
    if (this.#state === 'established') this.outbox.record(CONTENT.application_data, plaintext);
  }

  sendAlert(level: AlertLevel, alert: AlertName | number): void {
    const code = typeof alert === 'number' ? alert : ALERTS[alert];
    this.outbox.record(CONTENT.alert, encodeAlert(level, code));
    this.listener.alert('sent', level, code);
  }

  /** Says close_notify and ends. */
  close(): void {
    if (this.#state === 'ended') return;
    this.sendAlert('warning', 'close_notify');
    this.#end();
    this.listener.closed('self');
  }

  /** Ends without a word: the association is replaced or was evicted. */
  abandon(problem: Problem): void {
    if (this.#state === 'ended') return;
    this.#end();
    this.listener.failed(problem);
  }

  /** Does work of this association; what it throws becomes an alert and the end of the handshake. */
  run(work: () => void): void {
    this.#attempt(work);
  }

  /** The peer has a new address (RFC 9146 §6). */
  moveTo(peer: Address): void {
    if (this.#session) this.#session = { ...this.#session, peer };
  }

  // ---- receiving

  get #reads(): boolean {
    return this.records.isArmed && this.#cipherChanged;
  }

  #handle({ type, epoch, fragment }: PlainRecord): void {
    if (type === CONTENT.handshake) return this.#handleHandshake(epoch, fragment);
    if (type === CONTENT.alert) return this.#handleAlert(fragment);
    if (type === CONTENT.change_cipher_spec && epoch === 0 && fragment.length === 1 && fragment[0] === 1) {
      this.#cipherChanged = true;
      return this.#readEarly();
    }
    this.#drop('unexpected');
  }

  #handleData(fragment: Uint8Array): void {
    if (this.#state === 'established') return this.listener.deliver(fragment);
    // Data can overtake the Finished that it depends on, and is not to be believed before it.
    if (this.#earlyData.length < EARLY) this.#earlyData.push(fragment);
  }

  #readEarly(): void {
    if (!this.#reads) return;
    for (const record of this.#earlyRecords.splice(0)) this.receive(record);
  }

  #handleAlert(fragment: Uint8Array): void {
    const alert = decodeAlert(fragment);
    if (!alert) return void this.#drop('malformed');
    this.listener.alert('received', alert.level, alert.code);
    if (alert.code === ALERTS.close_notify) {
      this.sendAlert('warning', 'close_notify');
      this.#end();
      return this.listener.closed('peer');
    }
    if (alert.level === 'warning') return;
    const name = alertName(alert.code);
    const during = this.#state === 'established' ? 'session' : 'handshake';
    this.#end();
    this.listener.failed({
      code: 'dtls-alert-received',
      message: `the peer ended the ${during} with the alert ${name} (${alert.code})`,
    });
  }

  #handleHandshake(epoch: number, bytes: Uint8Array): void {
    for (const fragment of decodeFragments(bytes)) {
      if (this.#state === 'established' && this.#asksToRenegotiate(fragment))
        this.sendAlert('warning', 'no_renegotiation');
      else if (fragment.sequence < this.#reassembly.next) this.#noteRepeat(fragment);
      else if (this.#state === 'established') this.#drop('unexpected');
      else if ((fragment.type === HANDSHAKE.finished) !== (epoch === 1)) this.#drop('epoch');
      else if (fragment.type !== HANDSHAKE.hello_request) this.#reassembly.add(fragment);
    }
    while (this.#state === 'handshake') {
      const message = this.#reassembly.take();
      if (!message) return;
      if (!this.machine) throw new Abort('unexpected_message', `${handshakeName(message.type)} before any hello`);
      this.machine.handle(message);
      this.#readEarly();
    }
  }

  #noteRepeat({ sequence, offset, length, bytes }: Fragment): void {
    if (sequence === this.#answered && offset + bytes.length === length) this.outbox.repeat();
  }

  /**
   * LwM2M uses no renegotiation; it is refused and the session goes on (RFC 5246 §7.2.2, Transport 1.1 §5.2.1).
   * Its messages are numbered from 0 again (RFC 6347 §4.2.2): only the epoch tells them from those of the first handshake.
   */
  #asksToRenegotiate({ type, offset }: Fragment): boolean {
    return offset === 0 && type === (this.side === 'server' ? HANDSHAKE.client_hello : HANDSHAKE.hello_request);
  }

  #noteUnreadable(): void {
    if (this.#state !== 'handshake' || ++this.#unreadable < UNREADABLE) return;
    this.#attempt(() => {
      throw new Abort(
        'bad_record_mac',
        'the records of the peer do not open with the agreed keys; a pre-shared key that differs does that',
      );
    });
  }

  #drop(reason: DropReason): false {
    this.listener.dropped(reason);
    return false;
  }

  #attempt(work: () => void): void {
    try {
      work();
    } catch (error) {
      // After the handshake nothing that arrives ends a session but an alert: the record is dropped.
      if (this.#state === 'established' && error instanceof Abort) return void this.#drop('malformed');
      // A fault after the handshake is one of the layer above, which is told what happens here.
      if (this.#state !== 'handshake' && !(error instanceof Abort)) throw error;
      const abort = error instanceof Abort ? error : new Abort('internal_error', describeFault(error));
      this.sendAlert('fatal', abort.alert);
      this.#end();
      this.listener.failed({ code: abort.code ?? `dtls-${abort.alert.replaceAll('_', '-')}`, message: abort.message });
    }
  }

  #timeOut(): void {
    this.#end();
    const hint = 'is the peer there, and does it speak DTLS 1.2?';
    this.listener.failed({ code: 'dtls-timeout', message: 'the peer did not answer the handshake in time', hint });
  }

  #end(): void {
    this.#state = 'ended';
    this.outbox.begin();
    this.#earlyRecords = [];
    this.#earlyData = [];
  }
}
