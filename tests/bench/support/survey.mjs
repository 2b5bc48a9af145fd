// The surveys that both sides draw: ratings, choices, matrices and comments with realistic conditions.
export function survey(n) {
  const elements = [];
  for (let i = 0; i < n; i++) {
    const name = `q${i}`;
    if (i % 10 === 9) {
      elements.push({ type: "comment", name, title: { default: `Comment ${i}`, fi: `Kommentti ${i}`, sv: `Kommentar ${i}` } });
    } else if (i % 10 === 5) {
      const visibleIf = i > 10 ? `{q${i - 5}} notempty or {q0} = 1` : undefined;
      elements.push({ type: "matrix", name, title: `Matrix ${i}`, columns: [1, 2, 3, 4, 5], rows: ["a", "b", "c", "d", "e"], visibleIf });
    } else if (i % 3 === 0) {
      elements.push({ type: "rating", name, title: `How satisfied ${i}`, rateMin: 1, rateMax: 5 });
    } else {
      const texts = ["Very good", "Good", "Fair", "Poor", "Very poor"];
      elements.push({
        type: i % 2 ? "radiogroup" : "checkbox",
        name,
        title: `Choose ${i}`,
        isRequired: i % 4 === 0,
        choices: texts.map((text, at) => ({ value: at + 1, text })),
      });
    }
  }
  return { title: `Bench ${n}`, pages: [{ name: "p1", elements }] };
}
