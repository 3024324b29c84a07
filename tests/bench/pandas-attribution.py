"""Five heuristic models and a Markov chain with its removal effects over purchases and 30 days before them, in pandas:
pandas-attribution.py FILE [RUNS]. Reading is not counted. Prints the CPU seconds of each run and the credits of the models
first and linear and the removal effect by channel."""

import json
import resource
import sys

import numpy
import pandas

LOOKBACK = 30 * 86400


def cpu():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def load(path):
    records = pandas.read_csv(path, usecols=["customer_id", "time", "event", "channel", "amount"], dtype={"event": "category", "channel": "category"})
    records["time"] = pandas.to_datetime(records["time"], format="%Y-%m-%d %H:%M:%S").astype("int64") // 10**9
    records["customer"] = records["customer_id"].str[1:].astype("int32")
    return records.drop(columns="customer_id").sort_values(["customer", "time"], kind="stable").reset_index(drop=True)


def pair(conversions, touches):
    """Each conversion with the touches of its window: the windows are ranges of the touches in order of (customer, time)."""
    width = int(touches["time"].max()) + 2 * LOOKBACK
    keys = touches["customer"].to_numpy(dtype="int64") * width + touches["time"].to_numpy()
    at = conversions["customer"].to_numpy(dtype="int64") * width + conversions["time"].to_numpy()
    first, last = numpy.searchsorted(keys, at - LOOKBACK, "left"), numpy.searchsorted(keys, at, "right")
    n = last - first
    starts = numpy.repeat(numpy.cumsum(n) - n, n)
    place = numpy.arange(n.sum()) - starts
    index = numpy.repeat(first, n) + place
    return pandas.DataFrame({"id": numpy.repeat(numpy.arange(len(n)), n), "place": place, "n": numpy.repeat(n, n), "touch": index,
                             "value": numpy.repeat(conversions["amount"].to_numpy(), n), "channel": touches["channel"].to_numpy()[index], "time": touches["time"].to_numpy()[index]})


def share(pairs):
    n, place = pairs["n"].to_numpy(), pairs["place"].to_numpy()
    ends = (place == 0) | (place == n - 1)
    newest = pairs.groupby("id")["time"].transform("last").to_numpy()
    decay = numpy.exp2(-(newest - pairs["time"].to_numpy()) / (7 * 86400))
    weights = {
        "first": (place == 0).astype(float),
        "last": (place == n - 1).astype(float),
        "linear": 1 / n,
        "u": numpy.select([n == 1, n == 2, ends], [1, 0.5, 0.4], 0.2 / numpy.maximum(n - 2, 1)),
        "decay": decay / pandas.Series(decay).groupby(pairs["id"].to_numpy()).transform("sum").to_numpy(),
    }
    sums = {}
    for name, weight in weights.items():
        sums[name] = pandas.Series(weight).groupby(pairs["channel"].to_numpy()).sum()
        sums[name + " value"] = pandas.Series(weight * pairs["value"].to_numpy()).groupby(pairs["channel"].to_numpy()).sum()
    return sums


def count_steps(pairs, touches, end):
    """Steps of the paths and of the touches in no path: runs without a gap of the lookback, whose last one can convert no more."""
    pairs["next"] = pairs["channel"].shift(-1).where(pairs["place"] + 1 < pairs["n"], "CONVERSION")
    free = touches[~numpy.isin(numpy.arange(len(touches)), pairs["touch"].to_numpy())]
    run = ((free["time"].diff() > LOOKBACK) | (free["customer"].diff() != 0)).cumsum()
    ripe = end - free.groupby(run)["time"].transform("last") > LOOKBACK
    free, run = free[ripe], run[ripe]
    channel = free["channel"].astype(object)
    begins = run.diff() != 0
    after = channel.shift(-1).where(~begins.shift(-1, fill_value=True), "NULL")
    steps = [pairs.groupby(["channel", "next"]).size(), count_pairs(channel, after)]
    starts = pairs.loc[pairs["place"] == 0, "channel"].value_counts().add(channel[begins].value_counts(), fill_value=0)
    return steps[0].add(steps[1], fill_value=0).unstack(fill_value=0), starts


def count_pairs(a, b):
    return pandas.DataFrame({"channel": a, "next": b}).groupby(["channel", "next"]).size()


def find_effects(steps, starts):
    """What is lost of the chance to convert when a channel leads nowhere."""
    channels = list(steps.index)
    chances = steps.div(steps.sum(axis=1), axis=0)
    inner, to_end = chances[channels].to_numpy(), chances["CONVERSION"].to_numpy()
    first = (starts / starts.sum()).reindex(channels, fill_value=0).to_numpy()

    def convert(without):
        kept = numpy.ones(len(channels))
        if without is not None:
            kept[without] = 0
        return first * kept @ numpy.linalg.solve(numpy.eye(len(channels)) - inner * kept[:, None] * kept, to_end * kept)

    return {channel: 1 - convert(i) / convert(None) for i, channel in enumerate(channels)}


def main():
    records = load(sys.argv[1])
    end = (int(records["time"].max()) // 86400 + 1) * 86400
    used = []
    for _ in range(int(sys.argv[2]) if len(sys.argv) > 2 else 2):
        before = cpu()
        is_conversion = (records["event"] == "purchase").to_numpy()
        conversions = records[is_conversion].fillna({"amount": 0})
        touches = records[~is_conversion & records["channel"].notna().to_numpy()]
        pairs = pair(conversions, touches)
        sums = share(pairs)
        effects = find_effects(*count_steps(pairs, touches, end))
        used.append(cpu() - before)
    print(json.dumps({"runs": used, "credits": {c: [float(sums["first"][c]), float(sums["linear"][c])] for c in sums["first"].index}, "effects": effects}))


main()
