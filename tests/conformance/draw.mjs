// Chance that comes again: everything drawn follows from the seed given last.
let state = 1;

/** Starts over from `seed`. */
export function begin(seed) {
  state = seed >>> 0;
}

/** A number from 0 up to but not including 1 (mulberry32). */
export function draw() {
  state = (state + 0x6d2b79f5) >>> 0;
  let mixed = Math.imul(state ^ (state >>> 15), state | 1);
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
}

export const below = (n) => Math.floor(draw() * n);
export const between = (low, high) => low + below(high - low + 1);
export const chance = (p) => draw() < p;
export const one = (list) => list[below(list.length)];
export const some = (list, least = 1) => {
  const count = Math.min(list.length, least + below(list.length));
  const rest = [...list];
  return Array.from({ length: count }, () => rest.splice(below(rest.length), 1)[0]);
};
export const shuffled = (list) => some(list, list.length);

/** `members` with a chance of `p`, else nothing: for `{...maybe(0.3, { isRequired: true })}`. */
export const maybe = (p, members) => (chance(p) ? (typeof members === "function" ? members() : members) : {});
