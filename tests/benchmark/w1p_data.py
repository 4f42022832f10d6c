"""Writes the made-up data of the panel benchmark: 60 indicators of 150 countries over 25 years.

    python3 tests/benchmark/w1p_data.py DIRECTORY

indicators.csv, factors.csv, dimensions.csv, rules.csv and values.csv come out the same, byte for byte, on every machine: the only source of chance
is the splitmix64 generator, and only exact operations of double arithmetic are used. The bytes are checked at the end.
"""
import hashlib
import os
import sys

MASK = (1 << 64) - 1
COUNTRIES, INDICATORS, FACTORS, DIMENSIONS, YEARS, RULES = 150, 60, 12, 4, 25, 8
FIRST_YEAR = 2000
SHA256 = {  # first 16 digits
    "indicators.csv": "4a9d26eaed1b4d30",
    "factors.csv": "51bfb18cac376ecc",
    "dimensions.csv": "77373330ab2f3651",
    "rules.csv": "b2d51df6a9979d1e",
    "values.csv": "dd162b312a27080d",
}


class Splitmix64:
    def __init__(self, seed):
        self.state = seed

    def word(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) & MASK
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        return z ^ (z >> 31)

    def uniform(self):
        return (self.word() >> 11) * 2.0 ** -53

    def below(self, n):
        return self.word() % n

    def bell(self):
        """Sum of twelve uniforms less six: near enough to a normal, and exact everywhere."""
        t = -6.0
        for _ in range(12):
            t += self.uniform()
        return t


def weights(rng, n):
    """n weights in ten-thousandths that add up to exactly 10000."""
    k = [1 + rng.below(4) for _ in range(n)]
    w = [x * 10000 // sum(k) for x in k]
    w[0] += 10000 - sum(w)
    return w


def four(w):
    return "%d.%04d" % (w // 10000, w % 10000)


def make():
    """File name -> text."""
    rng = Splitmix64(20240607)
    files = {}
    middle, scale, direction = [0.0] * INDICATORS, [0.0] * INDICATORS, [0] * INDICATORS
    lines = ["indicator,factor,weight,sd,nknots,x0,y0,x1,y1,x2,y2,x3,y3,x4,y4"]
    for factor in range(FACTORS):
        w = weights(rng, 5)
        for j in range(5):
            i = factor * 5 + j
            size = (0.1, 1.0, 10.0, 100.0, 1000.0)[rng.below(5)]
            scale[i] = size * (0.5 + rng.uniform())
            middle[i] = scale[i] * (rng.uniform() * 4 - 1)
            direction[i] = -1 if rng.uniform() < 0.4 else 1
            knots = 3 + rng.below(3)
            bend = rng.uniform() * 0.5
            line = "i%02d,f%02d,%s,%.6g,%d" % (i, factor, four(w[j]), scale[i] * 0.2, knots)
            for k in range(5):
                if k >= knots:
                    line += ",,"
                    continue
                t = k / (knots - 1)
                jitter = 0.6 * (rng.uniform() - 0.5) if 0 < k < knots - 1 else 0.0
                x = middle[i] + scale[i] * (-2.0 + 4.0 * t + jitter)
                y = 100 * ((1 - bend) * t + bend * t * t)
                if direction[i] < 0:
                    y = 100 - y
                line += ",%.6g,%.4g" % (x, y)
            lines.append(line)
    files["indicators.csv"] = lines

    lines = ["factor,dimension,weight"]
    for d in range(DIMENSIONS):
        w = weights(rng, 3)
        lines += ["f%02d,d%d,%s" % (d * 3 + j, d, four(w[j])) for j in range(3)]
    files["factors.csv"] = lines

    w = weights(rng, DIMENSIONS)
    files["dimensions.csv"] = ["dimension,weight"] + ["d%d,%s" % (d, four(w[d])) for d in range(DIMENSIONS)]

    lines = ["rule,ind_a,gt,ind_b,lt,factor,add,cap"]
    for k in range(RULES):
        a, b = rng.below(INDICATORS), rng.below(INDICATORS)
        if k < 3:
            a = a // 5 * 5
        if a == b:
            b = (b + 7) % INDICATORS
        factor, less = rng.below(FACTORS), 45 + rng.below(16)  # drawn from the last column to the first
        greater = 45 + rng.below(16)
        lines.append("r%d,i%02d,%d,i%02d,%d,f%02d,10,100" % (k, a, greater, b, less, factor))
    files["rules.csv"] = lines

    latent = [rng.bell() for _ in range(COUNTRIES)]
    noise = [rng.bell() for _ in range(COUNTRIES * INDICATORS)]
    lines = ["year,country," + ",".join("i%02d" % i for i in range(INDICATORS))]
    for y in range(YEARS):
        for c in range(COUNTRIES):
            row = ["%d,C%03d" % (FIRST_YEAR + y, c)]
            for i in range(INDICATORS):
                at = c * INDICATORS + i
                if y:
                    noise[at] = 0.96 * noise[at] + 0.28 * rng.bell()
                row.append("%.6g" % (middle[i] + scale[i] * (0.65 * direction[i] * latent[c] + 0.76 * noise[at])))
            lines.append(",".join(row))
    files["values.csv"] = lines
    return files


def write(directory):
    """Makes the directory and the five files, unless they are there already with the right bytes."""
    os.makedirs(directory, exist_ok=True)
    if all(digest_of_file(os.path.join(directory, name)) == SHA256[name] for name in SHA256):
        return
    for name, lines in make().items():
        data = "".join(line + "\n" for line in lines).encode("ascii")
        digest = hashlib.sha256(data).hexdigest()[:16]
        if digest != SHA256[name]:
            raise SystemExit(f"{name}: sha256 begins with {digest}, not {SHA256[name]}")
        with open(os.path.join(directory, name), "wb") as f:
            f.write(data)


def digest_of_file(path):
    if not os.path.isfile(path):
        return None
    with open(path, "rb") as f:
        return hashlib.sha256(f.read()).hexdigest()[:16]


def main():
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    write(sys.argv[1])
    return 0


if __name__ == "__main__":
    sys.exit(main())
