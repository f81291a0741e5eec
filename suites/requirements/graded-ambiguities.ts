import { all, from11, only10, only11, only12, until11 } from './by-enabler.js';
import type { GradedRow } from './graded.js';

/** Nothing is judged: any outcome is met. */
const ANYTHING = ['*'] as const;

/** The ambiguity table: situations in which the texts leave room, or peers are known to differ. */
export const ambiguityRows = {
  // Register and its parameters
  X1: { row: 'X-1', expected: all('4.00'), tolerated: all('4.03'), forbidden: ['2.xx'] },
  X2: { row: 'X-2', expected: all('4.00'), tolerated: all('4.03') },
  X3: { row: 'X-3', expected: all('4.00'), tolerated: all('2.01') },
  X4: { row: 'X-4', expected: all('4.00'), tolerated: all('2.01') },
  /** The same where the list may count as one that cannot be resolved. */
  X4List: { row: 'X-4', expected: { ...only10('4.00'), ...from11('4.00', '4.09') }, tolerated: all('2.01') },
  X5: { row: 'X-5', expected: all('4.00'), tolerated: all('2.01') },
  X6: { row: 'X-6', expected: all('4.12') },
  X7: { row: 'X-7', expected: all('2.01') },
  /** On the link of an instance, which the text has from 1.2 on. */
  X7Instance: { row: 'X-7', expected: all('2.01'), tolerated: until11('4.00') },
  X8: { row: 'X-8', expected: all('2.01'), tolerated: all('4.00') },
  X9: { row: 'X-9', expected: from11('4.00'), tolerated: from11('2.01') },
  /** What becomes of queue mode after an Update without Q. */
  X10: { row: 'X-10', words: ['kept', 'dropped'], expected: from11('kept'), tolerated: from11('dropped') },
  X11: { row: 'X-11', expected: { ...until11(...ANYTHING), ...only12('2.01') } },
  /** An Update of a registration whose lifetime is 0. */
  X11Update: { row: 'X-11', expected: { ...until11(...ANYTHING), ...only12('2.04') } },
  X20: { row: 'X-20', words: ['absent', 'listed'], expected: all('absent') },
  X56: { row: 'X-56', expected: all('2.04'), tolerated: all('4.00') },
  X62: { row: 'X-62', expected: only12('2.01', '4.xx') },
  /** Without a list, of a profile that nobody announced. */
  X62Unknown: { row: 'X-62', expected: only12('4.xx'), forbidden: ['2.xx'] },
  X64: { row: 'X-64', expected: all('2.01') },
  X71: { row: 'X-71', expected: all('4.00'), tolerated: only10('2.01') },
  X73: { row: 'X-73', expected: all(...ANYTHING) },

  // Life of a registration
  X21: { row: 'X-21', words: ['within', 'beyond'], expected: from11('within'), tolerated: from11('beyond') },
  /** What follows an Update that was answered 4.04. */
  X22: { row: 'X-22', words: ['register', 'update', 'nothing'], expected: all('register') },
  /** What follows a new security session. */
  X23: {
    row: 'X-23',
    words: ['register', 'update', 'nothing'],
    expected: all('register'),
    tolerated: only12('update'),
  },
  /** What follows a reboot. */
  X79: {
    row: 'X-79',
    words: ['register', 'update', 'nothing'],
    expected: all('register'),
    tolerated: all('update'),
  },
  X30: { row: 'X-30', words: ['early', 'within', 'beyond'], expected: all('within'), tolerated: all('beyond') },
  /** soon: 10 s; late: half of the lifetime. */
  X54: { row: 'X-54', words: ['soon', 'late', 'never'], expected: all('soon'), tolerated: all('late') },

  // Bootstrap
  /** How Bootstrap-Discover shows the version: `</>;lwm2m=1.1`, `lwm2m="1.1"` alone, or not at all. */
  X13: {
    row: 'X-13',
    words: ['root-link', 'bare', 'missing'],
    expected: { ...only10('bare', 'root-link'), ...from11('root-link') },
    tolerated: { ...only10('missing'), ...from11('bare', 'missing') },
  },
  X14: { row: 'X-14', expected: from11('2.05'), tolerated: from11('4.05') },
  /** Where an account that lacks mandatory values is refused. */
  X15: { row: 'X-15', words: ['write', 'finish', 'nowhere'], expected: all('write', 'finish') },
  /** The Bootstrap-Write of such an account. */
  X15Write: { row: 'X-15', expected: all('2.04'), tolerated: all('4.00') },
  X48: { row: 'X-48', expected: all('4.00', '2.02') },
  /** The account after a delete of just its instance. */
  X48Account: { row: 'X-48', words: ['kept', 'removed'], expected: all('kept'), tolerated: all('removed') },
  /** The account after a delete of the object or the root. */
  X48Wide: { row: 'X-48', words: ['kept', 'removed'], expected: all('kept') },
  X55: { row: 'X-55', words: ['accepted', 'broken'], expected: all('accepted') },
  X68: { row: 'X-68', expected: only10(...ANYTHING) },

  // Read, Discover
  X12: { row: 'X-12', expected: all('2.05'), tolerated: all('4.xx') },
  X31: { row: 'X-31', words: ['decodable', 'undecodable'], expected: all('decodable') },
  X32: { row: 'X-32', expected: all('4.06'), tolerated: all('4.15'), forbidden: ['2.xx'] },
  /** Attributes of resources in a Discover of the object. */
  X44: {
    row: 'X-44',
    words: ['absent', 'shown'],
    expected: { ...until11('absent'), ...only12('shown') },
    tolerated: { ...until11('shown'), ...only12('absent') },
  },
  /** `dim` on a multiple resource. */
  X45: { row: 'X-45', words: ['present', 'absent'], expected: all('present'), tolerated: only10('absent') },
  X49: { row: 'X-49', expected: all('4.04'), tolerated: all('2.05') },
  X60: { row: 'X-60', expected: all('2.05'), tolerated: all('4.04') },
  X63: { row: 'X-63', expected: all('4.04', '4.00'), tolerated: all('2.05', '4.xx') },
  X70: { row: 'X-70', expected: only11('4.05'), tolerated: only11('2.05') },
  /** The instance wrapper of an object-level TLV answer. */
  X76: { row: 'X-76', words: ['wrapped', 'bare'], expected: all('wrapped'), tolerated: only10('bare') },

  // Write
  X16: { row: 'X-16', expected: all('4.00'), tolerated: all('2.04') },
  /** Instances that a Partial Update does not name. */
  X17: { row: 'X-17', words: ['kept', 'deleted'], expected: all('kept'), tolerated: until11('deleted') },
  X18: { row: 'X-18', expected: all('4.05'), tolerated: all('*') },
  X18Value: { row: 'X-18', words: ['unchanged', 'changed'], expected: all('unchanged') },
  X19: { row: 'X-19', expected: all(...ANYTHING) },
  X38: { row: 'X-38', expected: all('2.04'), tolerated: all('4.xx') },
  X58: { row: 'X-58', expected: all('4.00'), tolerated: all('4.02') },
  X61: { row: 'X-61', expected: all('4.00'), tolerated: all('2.04') },
  X65: { row: 'X-65', expected: all('2.04'), tolerated: all('4.xx') },
  X67: { row: 'X-67', expected: all('4.05'), tolerated: all('2.04') },

  // Formats
  X26: { row: 'X-26', expected: only12('2.04'), tolerated: only12('4.00') },
  /** Kind of the TLV that carries one resource instance, in an answer. */
  X39: {
    row: 'X-39',
    words: ['resource-instance', 'resource'],
    expected: from11('resource-instance'),
    tolerated: from11('resource'),
  },
  X39Write: { row: 'X-39', expected: from11('2.04'), tolerated: from11('4.xx') },
  /** A resource instance in the place of a resource. */
  X80: { row: 'X-80', expected: all('4.00'), tolerated: all('2.04', '4.02') },
  /** How opaque is written in SenML JSON. */
  X40: { row: 'X-40', words: ['base64url', 'other'], expected: from11('base64url'), tolerated: from11('other') },
  X40Write: { row: 'X-40', expected: from11('2.04'), tolerated: from11('4.xx') },
  /** How the null link is written in text. */
  X41: { row: 'X-41', words: ['65535:65535', 'FFFF:FFFF'], expected: all('65535:65535'), tolerated: all('FFFF:FFFF') },
  X41Write: { row: 'X-41', expected: all('2.04'), tolerated: all('4.xx') },
  X52: { row: 'X-52', words: ['tagged', 'untagged'], expected: from11(...ANYTHING) },
  X53: { row: 'X-53', expected: only12('4.00'), tolerated: only12('2.04') },

  // Execute, Create, composite operations, firmware
  X33: { row: 'X-33', expected: all('4.00'), tolerated: all('4.05', '4.06') },
  /** Location-Path of a Create whose id the client chose. */
  X34: { row: 'X-34', words: ['present', 'missing'], expected: all('present') },
  X35: { row: 'X-35', expected: from11(...ANYTHING) },
  X36: { row: 'X-36', expected: from11(...ANYTHING) },
  X37: {
    row: 'X-37',
    expected: from11('4.04', '4.05', '5.01'),
    tolerated: from11('4.xx', '5.xx'),
    forbidden: ['2.xx'],
  },
  X42: { row: 'X-42', expected: all('4.00'), tolerated: all('2.04') },
  /** The rule came with 1.2.1, and no peer tells its patch level. */
  X43: { row: 'X-43', expected: all('4.00'), tolerated: all('2.04') },
  /** State of the firmware object after a failed download. */
  X69: { row: 'X-69', words: ['0', '1', '2'], expected: all('0'), tolerated: all('1', '2') },
  /** State of the firmware object after a failed installation. */
  X69Install: { row: 'X-69', words: ['0', '2'], expected: all('2'), tolerated: all('0') },

  // Observe, notifications, Send
  X24: { row: 'X-24', words: ['notified', 'silent'], expected: all('notified'), tolerated: only12('silent') },
  X25: { row: 'X-25', words: ['ignored', 'considered'], expected: all('ignored'), tolerated: all('considered') },
  X27: { row: 'X-27', expected: all(...ANYTHING) },
  /** A maximum period that equals the minimum. */
  X28: { row: 'X-28', words: ['ignored', 'used'], expected: only11('ignored'), tolerated: only11('used') },
  X29: { row: 'X-29', words: ['notified', 'silent'], expected: all(...ANYTHING) },
  X46: { row: 'X-46', words: ['CON', 'NON'], expected: all(...ANYTHING) },
  /** The observation after a Reset to a non-confirmable notification. */
  X47: { row: 'X-47', words: ['ended', 'goes on'], expected: all('ended') },
  X50: { row: 'X-50', expected: from11('4.04'), tolerated: from11('4.00', '4.01') },
  X51: { row: 'X-51', expected: from11('2.04') },
  X57: { row: 'X-57', expected: all('2.05'), tolerated: all('4.04') },
  X57Content: { row: 'X-57', words: ['value', 'empty'], expected: all('value'), tolerated: all('empty') },
  X57After: { row: 'X-57', words: ['silent', 'notified'], expected: all('silent') },
  X66: { row: 'X-66', words: ['sent', 'suppressed'], expected: all('sent') },
  /** A change that the observing server made itself. */
  X78: { row: 'X-78', words: ['notified', 'silent'], expected: all('notified'), tolerated: all('silent') },
  /** Options of the registration in an active cancel. */
  X77: { row: 'X-77', words: ['repeated', 'lacking'], expected: all('repeated') },

  // Access control, message layer, security
  X59: { row: 'X-59', words: ['granted', 'refused'], expected: all('granted'), tolerated: all('refused') },
  /** Effect of a repeated Execute or Create. */
  X72: { row: 'X-72', words: ['once', 'again'], expected: all('once'), tolerated: all('again') },
  X74: { row: 'X-74', words: ['connected', 'aborted'], expected: from11(...ANYTHING) },
  /** Answer to a ClientHello without a cookie. */
  X75Cookie: { row: 'X-75', words: ['asked', 'not asked'], expected: all('asked'), tolerated: all('not asked') },
  /** What a record with a bad MAC meets. */
  X75Record: {
    row: 'X-75',
    words: ['dropped', 'alert', 'accepted'],
    expected: all('dropped'),
    tolerated: all('alert'),
  },
} satisfies Record<string, GradedRow>;
