"""Makes statistics.json: what SciPy, statsmodels and pandas say about random data.

Needs numpy, scipy, pandas and statsmodels (made with 2.4.6, 1.17.1, 3.1.1 and 0.15.0):

    python3 -m venv /tmp/reference && /tmp/reference/bin/pip install numpy scipy pandas statsmodels
    /tmp/reference/bin/python tests/conformance/make-statistics.py > tests/conformance/statistics.json
"""

import itertools
import json
import math
import sys

import numpy as np
import pandas as pd
from scipy import stats
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import (
    confint_proportions_2indep,
    proportion_confint,
    proportion_effectsize,
)
from statsmodels.stats.weightstats import CompareMeans, DescrStatsW

random = np.random.default_rng(20261125)


def whole(*numbers):
    return [int(it) for it in numbers]


def wilson():
    cases = [(73, 98, None), (0, 98, None), (8, 11, None), (98, 98, None), (73, 98, 293)]
    for _ in range(25):
        n = int(random.integers(1, 5000))
        frame = int(n + random.integers(1, 20000)) if random.random() < 0.4 else None
        cases.append((int(random.integers(0, n + 1)), n, frame))
    for count, n, frame in cases:
        counted = n if frame is None else n * (frame - 1) / (frame - n)
        low, high = proportion_confint(count / n * counted, counted, method="wilson")
        yield {"count": count, "n": n, "frame": frame, "interval": [float(low), float(high)]}


def differences():
    for _ in range(25):
        n_one, n_other = whole(*random.integers(1, 800, 2))
        one, other = int(random.integers(0, n_one + 1)), int(random.integers(0, n_other + 1))
        low, high = confint_proportions_2indep(
            one, n_one, other, n_other, compare="diff", method="newcomb"
        )
        yield {
            "one": [one, n_one],
            "other": [other, n_other],
            "difference": one / n_one - other / n_other,
            "interval": [float(low), float(high)],
            "h": float(proportion_effectsize(one / n_one, other / n_other)),
        }


def tables():
    """Counts where the chi-square distribution holds without pooling."""
    while True:
        n_rows = int(random.integers(2, 8))
        table = random.integers(0, 120, (n_rows, 2)) + random.integers(0, 12)
        if (table.sum(axis=1) == 0).any():
            continue
        result = stats.chi2_contingency(table, correction=False)
        few = (result.expected_freq < 5).sum()
        if few > (0 if n_rows == 2 else 2 * n_rows // 5) or (result.expected_freq < 1).any():
            continue
        yield {
            "pairs": table.tolist(),
            "statistic": float(result.statistic),
            "degrees": int(result.dof),
            "p": float(result.pvalue),
            "v": float(stats.contingency.association(table, method="cramer")),
        }


def fisher():
    for _ in range(25):
        table = random.integers(0, int(random.choice([6, 15, 200])), (2, 2))
        table[0] += 1
        yield {"pairs": table.tolist(), "p": float(stats.fisher_exact(table).pvalue)}


def dealt(one, other):
    """The exact test by trying every way to deal the answers out."""
    everybody = one + other
    middle = len(one) * len(other)

    def doubled(first):
        rest = list(everybody)
        for ix in sorted(first, reverse=True):
            del rest[ix]
        return sum((everybody[ix] > it) * 2 + (everybody[ix] == it) for ix in first for it in rest)

    ways = [doubled(it) for it in itertools.combinations(range(len(everybody)), len(one))]
    here = abs(ways[0] - middle)
    return sum(abs(it - middle) >= here for it in ways) / len(ways)


def ranks():
    for ix in range(30):
        points = int(random.integers(2, 12))
        exact = ix % 3 == 0
        sizes = whole(*random.integers(2, 7, 2)) if exact else whole(*random.integers(30, 400, 2))
        lean = random.dirichlet(np.ones(points), 2)
        one = random.choice(points, sizes[0], p=lean[0])
        other = random.choice(points, sizes[1], p=lean[ix % 2])
        result = stats.mannwhitneyu(one, other, method="asymptotic", use_continuity=True)
        p = dealt(one.tolist(), other.tolist()) if exact else float(result.pvalue)
        if math.isnan(p):
            continue
        yield {
            "points": [whole((one == it).sum(), (other == it).sum()) for it in range(points)],
            "u": float(result.statistic),
            "p": p,
            "exact": exact,
            "rankBiserial": 2 * float(result.statistic) / (sizes[0] * sizes[1]) - 1,
        }


def means():
    for _ in range(20):
        sizes = random.integers(2, 300, 2)
        one, other = (
            random.normal(random.uniform(-50, 50), random.uniform(0.5, 40), it) for it in sizes
        )
        result = stats.ttest_ind(one, other, equal_var=False)
        compared = CompareMeans(DescrStatsW(one), DescrStatsW(other))
        low, high = compared.tconfint_diff(usevar="unequal")
        pooled = math.sqrt(
            ((len(one) - 1) * one.var(ddof=1) + (len(other) - 1) * other.var(ddof=1))
            / (len(one) + len(other) - 2)
        )
        yield {
            "samples": [[len(it), float(it.mean()), float(it.std(ddof=1))] for it in (one, other)],
            "t": float(result.statistic),
            "degrees": float(result.df),
            "p": float(result.pvalue),
            "interval": [float(low), float(high)],
            "d": float((one.mean() - other.mean()) / pooled),
        }


def families():
    for _ in range(10):
        p = random.uniform(0, 1, int(random.integers(1, 12))) ** 3
        yield {"p": p.tolist(), "holm": multipletests(p, method="holm")[1].tolist()}


def described():
    for _ in range(15):
        numbers = pd.Series(np.round(random.normal(20, 15, int(random.integers(2, 60))), 1))
        yield {
            "numbers": numbers.tolist(),
            "quartiles": numbers.quantile([0.25, 0.5, 0.75]).tolist(),
            "mean": float(numbers.mean()),
            "deviation": float(numbers.std()),
        }


def distributions():
    for _ in range(12):
        x, degrees = float(random.uniform(0, 60)), int(random.integers(1, 40))
        yield {"chiSquare": x, "degrees": degrees, "p": float(stats.chi2.sf(x, degrees))}
    for _ in range(12):
        t, degrees = float(random.normal(0, 3)), float(random.uniform(1, 400))
        yield {"student": t, "degrees": degrees, "p": float(2 * stats.t.sf(abs(t), degrees))}
    for z in random.normal(0, 4, 12):
        yield {"normal": float(z), "p": float(2 * stats.norm.sf(abs(z)))}


def raking():
    """Raking of random tables by a plain loop over pandas' sums, then effective numbers by Kish."""
    for case in range(8):
        sizes = whole(*random.integers(2, 5, 2))
        people = pd.DataFrame(
            {
                "a": random.integers(0, sizes[0], 300),
                "b": random.integers(0, sizes[1], 300),
                "yes": random.integers(0, 2, 300),
            }
        )
        targets = {
            name: random.dirichlet(np.full(size, 20.0)) for name, size in zip("ab", sizes)
        }
        people["w"] = 1.0
        for _ in range(100):
            for name, shares in targets.items():
                now = people.groupby(name)["w"].sum() / people["w"].sum()
                people["w"] *= people[name].map(lambda code: shares[code] / now[code])
        w = people["w"] / people["w"].mean()
        yield {
            "people": people[["a", "b", "yes"]].values.tolist(),
            "margins": {name: shares.tolist() for name, shares in targets.items()},
            "effectiveN": float(w.sum() ** 2 / (w**2).sum()),
            "share": float((w * people["yes"]).sum() / w.sum()),
        }


def line(it):
    return json.dumps(it, separators=(",", ":"))


def main():
    parts = {
        "wilson": wilson(),
        "differences": differences(),
        "tables": itertools.islice(tables(), 25),
        "fisher": fisher(),
        "ranks": ranks(),
        "means": means(),
        "families": families(),
        "described": described(),
        "distributions": distributions(),
        "raking": raking(),
    }
    written = [
        f'"{name}": [\n' + ",\n".join(line(it) for it in cases) + "\n]"
        for name, cases in parts.items()
    ]
    sys.stdout.write("{\n" + ",\n".join(written) + "\n}\n")


main()
