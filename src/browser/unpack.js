// The first half of the program comes with its instructions, their operands and all else apart:
// like beside like takes an eighth less to send. `xtask/src/packed.rs` takes it apart and says how.

/** The program as WebAssembly, from what is being sent: most of it is ready when the last byte comes. */
async function unpack(sent) {
  const reader = sent.getReader();
  const from = new Uint8Array(ROOM);
  let here = 0;
  const arrived = async (n) => {
    while (here < n) {
      const { value } = await reader.read();
      from.set(value, here);
      here += value.length;
    }
  };
  await arrived(4 * NUMBERS);
  const [size, slot, row, rowEnd, ...more] = new Uint32Array(from.buffer, 0, NUMBERS);
  const functions = more.splice(0, BLOCKS);
  let start = 4 * NUMBERS;
  const at = Uint32Array.from(more, (length) => (start += length) - length);
  const [after, before, between] = [0, 1, 2].map((it) => from.subarray(at[it], at[it + 1]));
  const to = new Uint8Array(size);
  let end = 0;
  const copy = (bytes) => {
    to.set(bytes, end);
    end += bytes.length;
  };
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
  // A function of its own, without variables of the outer one in its loops: browsers make that fast soonest.
  const unpackBody = (at, end) => {
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
  const block = (nth) => {
    // The parts are counted from one.
    const parts = at.subarray(2 + nth * PARTS);
    for (let rest = functions[nth]; rest--; ) end = unpackBody(parts, end);
  };
  await arrived(at[3 + PARTS]);
  copy(before);
  for (let it = row; it < rowEnd; it++) copy([(it & 127) | 128, it >> 7]);
  copy(between);
  block(0);
  await arrived(start);
  block(1);
  copy(after);
  return to;
}

const PARTS = 14;
const BLOCKS = 2;
const NUMBERS = 4 + BLOCKS + 3 + BLOCKS * PARTS;
const ROOM = 1 << 20;
