// The first half of the program comes with its instructions, their operands and all else apart:
// like beside like takes an eighth less to send. `xtask/src/packed.rs` takes it apart and says how.

/** The program as WebAssembly, from what was sent. */
function unpack(sent) {
  const [size, functions, slot, ...lengths] = new Uint32Array(sent, 0, PARTS + 3);
  const from = new Uint8Array(sent);
  const to = new Uint8Array(size);
  let start = 4 * (PARTS + 3);
  const at = Uint32Array.from(lengths, (length) => (start += length) - length);
  let end = lengths[0];
  let place = slot;
  // For each operation its code, the alignment that it says, and the part that its operand is in.
  const code = Uint8Array.from({ length: 256 }, (_, it) => it);
  const aligned = new Uint8Array(256).fill(2, 18, 20);
  const operand = new Uint8Array(256).fill(8, 2, 5).fill(7, 12, 14).fill(3, 18, 20).fill(2, 32, 35).fill(12, 35, 37).fill(3, 40, 63);
  code.fill(65, 6, 9).set([41, 55], 18);
  aligned.set([..."23230011001122232301012"], 40);
  operand.set([4, 5, 6], 6);
  operand.set([9, 10], 16);
  operand[66] = 14;
  to.set(from.subarray(at[0], at[1]));
  // A function of its own, without variables of the outer one in its loops: browsers make that fast soonest.
  const unpackBody = (end) => {
    const body = end;
    end += 3;
    let kinds = (to[end++] = from[at[11]++]);
    while (kinds--) {
      while ((to[end++] = from[at[11]++]) > 127);
      to[end++] = from[at[11]++];
    }
    for (let depth = 1; depth; ) {
      const operation = from[at[1]++];
      if (operation === 255) for (let n = from[at[13]++]; n--; ) to[end++] = from[at[13]++];
      else if (operation === 9) {
        to[end++] = 65;
        to[end++] = (++place & 127) | 128;
        to[end++] = place >> 7;
      } else {
        const part = operand[operation];
        to[end++] = code[operation];
        if (part === 3) to[end++] = aligned[operation];
        if (part) while ((to[end++] = from[at[part]++]) > 127);
        if (operation === 17) to[end++] = 0;
        if (operation > 1 && operation < 5) depth++;
        if (operation === 11) depth--;
      }
    }
    const length = end - body - 3;
    to[body] = length | 128;
    to[body + 1] = (length >> 7) | 128;
    to[body + 2] = length >> 14;
    return end;
  };
  for (let rest = functions; rest--; ) end = unpackBody(end);
  to.set(from.subarray(at[15]), end);
  return to;
}

const PARTS = 16;
