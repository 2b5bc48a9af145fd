// Our worker, with hold of its memory so that its size can be told.
const keep = (it) => {
  self.wasmMemory = it.instance.exports.memory;
  return it;
};
const streaming = WebAssembly.instantiateStreaming;
WebAssembly.instantiateStreaming = (...args) => streaming(...args).then(keep);
self.addEventListener("message", (it) => {
  if (!it.data?.memory) return;
  it.stopImmediatePropagation();
  postMessage({ memory: self.wasmMemory?.buffer.byteLength ?? 0 });
});
importScripts("/worker/insight_worker.js");
