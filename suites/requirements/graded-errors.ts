import { all, from11, only10, only12, until11 } from './by-enabler.js';
import type { GradedRow } from './graded.js';

/** The error-code table: which answer an operation that must fail gets (TS 1.0 §8.5, Transport 1.1 §6.7). */
export const errorRows = {
  // Register, Update, De-register
  E1: { row: 'E-1', expected: all('4.00') },
  E1Lifetime: { row: 'E-1', expected: all('4.00'), tolerated: only10('2.01') },
  E1Version: { row: 'E-1', expected: all('4.00'), tolerated: all('2.01') },
  /** What is no version is malformed, and not supported either. */
  E1Malformed: { row: 'E-1', expected: all('4.00', '4.12') },
  /** A lifetime of more digits than anybody counts. */
  E1Lasting: { row: 'E-1', expected: all('2.01', '4.00') },
  E2: { row: 'E-2', expected: all('4.00'), tolerated: all('4.03') },
  E3: { row: 'E-3', expected: all('4.12') },
  /** A patch digit is not carried: it is a malformed version, and none that is supported. */
  E3Patch: { row: 'E-3', expected: all('4.12', '4.00') },
  E4: { row: 'E-4', expected: all('4.00'), tolerated: all('4.03') },
  E5: { row: 'E-5', expected: all('4.03'), tolerated: all('4.00') },
  /** Any name is legal, and a server may have a policy. */
  E5Name: { row: 'E-5', expected: all('2.01'), tolerated: all('4.03') },
  /** A list that cannot be read. */
  E6Malformed: {
    row: 'E-6',
    expected: { ...only10('4.00'), ...from11('4.00', '4.09') },
    tolerated: all('2.01'),
  },
  E6: {
    row: 'E-6',
    expected: { '1.0': ['4.00'], '1.1': ['4.00', '4.09'], '1.2': ['4.09'] },
    tolerated: only12('4.00'),
  },
  E7: { row: 'E-7', expected: all('4.00'), tolerated: all('2.01') },
  E8: { row: 'E-8', expected: all('4.04') },
  /** At a place that no server gives, as its form tells. */
  E8Nowhere: { row: 'E-8', expected: all('4.04'), tolerated: all('4.00', '4.05') },
  E9: { row: 'E-9', expected: all('4.00'), tolerated: all('2.04') },
  /** A fault that may be passed over: an Update has no answer of its own for each. */
  E9Any: { row: 'E-9', expected: all('4.00'), tolerated: all('2.04', '4.15', '4.09', '4.12') },
  E58: { row: 'E-58', expected: all('4.00'), tolerated: all('4.15') },
  E59: { row: 'E-59', expected: all('4.04') },

  // Bootstrap
  E10: { row: 'E-10', expected: all('4.00'), tolerated: all('4.03') },
  E11: { row: 'E-11', expected: from11('4.15'), tolerated: from11('2.04') },
  /** Two formats, where one can be preferred: no text says what becomes of them. */
  E11Twice: { row: 'E-11', expected: from11('4.00', '4.15'), tolerated: from11('2.04', '4.03') },
  E12: { row: 'E-12', expected: all('4.00') },
  /** An Object that the client does not have. */
  E12Object: { row: 'E-12', expected: all('4.00'), tolerated: all('4.04') },
  E13: { row: 'E-13', expected: all('4.15'), tolerated: all('4.00') },
  E14: { row: 'E-14', expected: all('4.00'), tolerated: all('4.04', '2.02') },
  /** Of the resource that takes Finish: CoAP has 4.05 for a method that a resource has not (RFC 7252 §5.9.2.6). */
  E14Finish: { row: 'E-14', expected: all('4.00'), tolerated: all('4.05', '4.04') },
  E15: { row: 'E-15', expected: all('4.04') },
  /** A Bootstrap-Discover below Object level is not defined. */
  E15Below: { row: 'E-15', expected: all('4.00'), tolerated: all('4.05', '4.04') },
  E16: { row: 'E-16', expected: from11('4.05'), tolerated: from11('4.01', '4.00') },
  E17: { row: 'E-17', expected: all('4.06'), tolerated: only10('4.00') },
  E18: { row: 'E-18', expected: only12('5.01'), tolerated: only12('4.04') },
  /** A pack in a format that there is none in. */
  E18Format: { row: 'E-18', expected: only12('4.06'), tolerated: only12('4.15', '4.00') },
  E18Refused: { row: 'E-18', expected: only12('4.05'), tolerated: only12('4.04') },

  // Read, Discover
  E19: { row: 'E-19', expected: all('4.01'), tolerated: only10('4.04', '4.05'), forbidden: ['2.xx'] },
  E20: { row: 'E-20', expected: all('4.04') },
  E21: { row: 'E-21', expected: all('4.05') },
  E22: { row: 'E-22', expected: all('4.06'), tolerated: all('4.15') },
  E23: { row: 'E-23', expected: all('4.01') },
  E24: { row: 'E-24', expected: from11('4.05'), tolerated: from11('4.04', '4.00'), forbidden: ['2.xx'] },
  E25: { row: 'E-25', expected: all('4.04') },

  // Write, Write-Attributes
  E26: { row: 'E-26', expected: all('4.05') },
  E27: { row: 'E-27', expected: all('4.05') },
  /** An executable has no type: that any value of it is wrong is true as well, and no text says which is told first. */
  E27Executable: { row: 'E-27', expected: all('4.05'), tolerated: all('4.00') },
  E28: { row: 'E-28', expected: all('4.05'), tolerated: all('2.04') },
  E29: { row: 'E-29', expected: all('4.00') },
  E29Range: { row: 'E-29', expected: all('4.00'), tolerated: all('2.04') },
  E30: { row: 'E-30', expected: all('4.15'), tolerated: only10('4.06') },
  E31: { row: 'E-31', expected: all('4.04') },
  E32Missing: { row: 'E-32', expected: all('4.08') },
  E32Large: { row: 'E-32', expected: all('4.13') },
  E33: { row: 'E-33', expected: all('4.00') },
  E33Unknown: { row: 'E-33', expected: all('4.00'), tolerated: all('2.04') },
  E33Misfit: { row: 'E-33', expected: all('4.00'), tolerated: all('2.04') },
  E34: { row: 'E-34', expected: all('4.04') },
  E57: { row: 'E-57', expected: all('4.15'), tolerated: all('4.00') },
  E60: { row: 'E-60', expected: from11('4.01'), tolerated: from11('4.04', '4.05') },

  // Execute
  E35: { row: 'E-35', expected: all('4.05') },
  E36: { row: 'E-36', expected: all('4.00') },
  /** The rule came with 1.2.1, and no peer tells its patch level. */
  E36Repeated: { row: 'E-36', expected: all('4.00'), tolerated: all('2.04') },
  E37: { row: 'E-37', expected: all('4.04') },

  // Create, Delete
  E38: { row: 'E-38', expected: all('4.00'), tolerated: all('4.05', '4.06') },
  E39: { row: 'E-39', expected: { '1.0': ['4.00'], '1.1': ['4.00', '2.01'], '1.2': ['4.00', '2.01'] } },
  E40: { row: 'E-40', expected: all('4.04') },
  E41: { row: 'E-41', expected: all('4.05'), tolerated: all('4.00') },
  E42: { row: 'E-42', expected: all('4.15') },
  E43: { row: 'E-43', expected: all('4.01') },
  E44: { row: 'E-44', expected: all('4.04') },
  E45: { row: 'E-45', expected: all('4.05'), tolerated: all('4.01', '4.00') },
  E46: { row: 'E-46', expected: all('4.05') },
  E47: { row: 'E-47', expected: { ...until11('4.05'), ...only12('2.02') } },

  // Observe, composite operations, Send
  E48Absent: { row: 'E-48', expected: all('4.04') },
  E48Unreadable: { row: 'E-48', expected: all('4.05') },
  E48Forbidden: { row: 'E-48', expected: all('4.01') },
  E49: { row: 'E-49', expected: from11('4.15') },
  E50Absent: { row: 'E-50', expected: from11('4.04'), tolerated: from11('4.01', '4.05', '4.00') },
  E50Forbidden: { row: 'E-50', expected: from11('4.01'), tolerated: from11('4.04', '4.05', '4.00') },
  E50Closed: { row: 'E-50', expected: from11('4.05'), tolerated: from11('4.04', '4.01', '4.00') },
  E50Value: { row: 'E-50', expected: from11('4.00'), tolerated: from11('4.04', '4.01', '4.05') },
  E51: {
    row: 'E-51',
    expected: from11('4.04', '4.05', '5.01'),
    tolerated: from11('4.xx', '5.xx'),
    forbidden: ['2.xx'],
  },
  E52: { row: 'E-52', expected: from11('4.04'), tolerated: from11('4.00') },
  E52Content: { row: 'E-52', expected: from11('4.00'), tolerated: from11('4.04') },
  E53: { row: 'E-53', expected: from11('4.15'), tolerated: from11('4.00') },

  /** A body in blocks to a server. */
  E32Upload: { row: 'E-32', expected: all('2.01'), tolerated: all('4.13') },
  /** A block of the size that is reserved. */
  E32Reserved: { row: 'E-32', expected: all('4.00'), tolerated: all('4.02', '4.08') },

  // Any operation
  /** What nobody serves: any error of the client's, and any that says so. */
  E56Nothing: { row: 'E-56', expected: all('4.xx', '5.01', '5.05'), forbidden: ['2.xx'] },
  E54: { row: 'E-54', expected: all('4.02') },
  E55: {
    row: 'E-55',
    expected: { ...only10('4.00', '4.04'), ...from11('4.05') },
    tolerated: all('4.xx'),
    forbidden: ['2.xx'],
  },
  E56: { row: 'E-56', expected: all('4.05'), tolerated: all('4.04', '5.01') },
} satisfies Record<string, GradedRow>;
