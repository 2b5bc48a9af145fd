// JSON.parse line by line, fed with the messages that our worker is fed with.
const decoder = new TextDecoder();
const now = () => performance.timeOrigin + performance.now();
let start = 0, rest = "", answered = 0, told = 0;
onmessage = ({ data }) => {
  if (typeof data === "string") {
    if (JSON.parse(data).do === "begin") start = now();
    else {
      postMessage(JSON.stringify({ say: "loaded", responses: answered }));
      postMessage(JSON.stringify({ say: "timed", start, end: now() }));
    }
    return;
  }
  const lines = (rest + decoder.decode(data, { stream: true })).split("\n");
  rest = lines.pop();
  for (const line of lines) if (line) answered += JSON.parse(line).answers.municipality === undefined ? 0 : 1;
  told += data.length;
  if (told > 4 << 20) {
    told = 0;
    postMessage(JSON.stringify({ say: "progress" }));
  }
};
