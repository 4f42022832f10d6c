"""`waystone watch` serves this machine and its own page alone, makes the page anew when a file is saved, tells what is wrong with a file, and ends.

    python3 tests/watch/watch.py --engine build/release/waystone
"""
import argparse
import http.client
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

FILES = pathlib.Path(__file__).resolve().parents[1] / "golden/command/files"
PATIENCE = 60  # seconds, on a machine with much else to do


class Events:
    """The messages of an event stream, one after another."""

    def __init__(self, port, path):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
        self.socket.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
        self.lines = self.socket.makefile("r", encoding="utf-8", newline="\n")
        self.status = int(self.lines.readline().split()[1])

    def next(self):
        for line in self.lines:
            if line.startswith("data: "):
                return json.loads(line[6:])
        raise RuntimeError("the stream ended")

    def close(self):
        self.lines.close()
        self.socket.close()


class Watch:
    def __init__(self, engine, folder, *words):
        self.process = subprocess.Popen([engine, "watch", *words], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.address = self.process.stdout.readline().strip()
        found = re.fullmatch(r"http://127\.0\.0\.1:(\d+)(/[0-9a-f]{32}/)", self.address)
        if not found:
            raise RuntimeError(f"no address: {self.address!r}\n{self.process.stderr.read()}")
        self.port, self.root = int(found[1]), found[2]

    def ask(self, path=None, method="GET", **headers):
        """(status, headers, body); `Host=None`: without one."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.putrequest(method, self.root + (path or "") if path is None or not path.startswith("/") else path, skip_host=True)
        given = {"Host": f"127.0.0.1:{self.port}", **{name.replace("_", "-"): value for name, value in headers.items()}}
        for name, value in given.items():
            if value is not None:
                connection.putheader(name, value)
        connection.endheaders()
        answer = connection.getresponse()
        body = answer.read().decode()
        connection.close()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, body

    def events(self):
        return Events(self.port, self.root + "events")

    def end(self, by=signal.SIGINT):
        self.process.send_signal(by)
        return self.process.wait(PATIENCE)


def page_with(events, wanted):
    """The next message about which this holds; pages may come in between."""
    began = time.monotonic()
    while time.monotonic() - began < PATIENCE:
        message = events.next()
        if wanted(message):
            return message
    raise RuntimeError("nothing came")


def who_may_ask(watch):
    port, own = watch.port, f"http://127.0.0.1:{watch.port}"
    refused = [
        ("another host", 403, {"Host": f"evil.example:{port}"}), ("localhost by name", 403, {"Host": f"localhost:{port}"}),
        ("no host", 403, {"Host": None}), ("the host without port", 403, {"Host": "127.0.0.1"}), ("another port", 403, {"Host": f"127.0.0.1:{port + 1}"}),
        ("another origin", 403, {"Origin": "http://evil.example"}), ("a file's origin", 403, {"Origin": "null"}),
        ("another port's origin", 403, {"Origin": f"http://127.0.0.1:{port + 1}"}), ("https", 403, {"Origin": f"https://127.0.0.1:{port}"}),
        ("from another site", 403, {"Sec-Fetch-Site": "cross-site"}), ("from the same site", 403, {"Sec-Fetch-Site": "same-site"}),
    ]
    for path in ("", "page", "events", "watch.js"):
        for what, status, headers in refused:
            got, sent, body = watch.ask(path, **headers)
            if got != status or body:
                yield f"{what} at '{path}': {got} {body[:60]!r}, not {status}"
            if "access-control-allow-origin" in sent:
                yield f"{what} at '{path}' is let in by CORS"
    for what, status, path in (("no token", 404, "/"), ("another token", 404, "/" + "0" * 32 + "/"), ("a part of the token", 404, watch.root[:20]),
                               ("out of the token", 404, watch.root + "../"), ("no such page", 404, watch.root + "etc/passwd"),
                               ("dots", 404, watch.root + "..%2f..%2fetc/passwd"), ("the token in capitals", 404, watch.root.upper())):
        got, _, body = watch.ask(path)
        if got != status or body:
            yield f"{what}: {got} {body[:60]!r}, not {status}"
    for method in ("POST", "PUT", "DELETE", "OPTIONS", "PATCH"):
        got, sent, _ = watch.ask("", method)
        if got != 405 or any(name.startswith("access-control") for name in sent):
            yield f"{method}: {got}, not 405"
    for what, headers in (("its own origin", {"Origin": own}), ("its own site", {"Sec-Fetch-Site": "same-origin"}), ("the address bar", {"Sec-Fetch-Site": "none"})):
        for path in ("", "page", "watch.js", "watch.css"):
            got, sent, body = watch.ask(path, **headers)
            if got != 200 or not body:
                yield f"{what} at '{path}': {got}"
            for name, value in (("cache-control", "no-store"), ("x-content-type-options", "nosniff"), ("referrer-policy", "no-referrer"),
                                ("cross-origin-resource-policy", "same-origin")):
                if sent.get(name) != value:
                    yield f"{name} of '{path}' is {sent.get(name)}"
    policy = watch.ask("")[1].get("content-security-policy", "")
    if "default-src 'none'" not in policy or "unsafe" in policy or "frame-ancestors 'none'" not in policy:
        yield f"the frame's policy is {policy!r}"


def where_it_listens(watch):
    with open("/proc/net/tcp", encoding="ascii") as table:
        local = [line.split()[1] for line in table.readlines()[1:] if line.split()[3] == "0A" and line.split()[1].endswith(f":{watch.port:04X}")]
    if local != [f"0100007F:{watch.port:04X}"]:
        yield f"it listens at {local}"


def saved_files(watch, folder):
    scenario = folder / "two.toml"
    sound = scenario.read_text(encoding="utf-8")
    events = watch.events()
    first = events.next()
    if first["problem"] is not None or first["page"] < 1:
        yield f"the first message is {first}"
    before = watch.ask("page")[2]

    scenario.write_text(re.sub(r'^title *= "', 'title = "Saved again: ', sound), encoding="utf-8")
    second = page_with(events, lambda message: message["page"] > first["page"])
    after = watch.ask("page")[2]
    if after == before or "Saved again: " not in after or second["problem"] is not None:
        yield "a saved file does not show on the page"

    scenario.write_text(sound.replace("eu_access", "eu_acess"), encoding="utf-8")
    faulty = page_with(events, lambda message: message["problem"] is not None)
    for piece in ("error[E0308]", "eu_acess", "^^^", "did you mean 'eu_access'?"):
        if piece not in faulty["problem"]:
            yield f"what is wrong does not say {piece!r}: {faulty['problem'][:300]}"
    if "\x1b" in faulty["problem"] or watch.ask("page")[2] != after or faulty["page"] != second["page"]:
        yield "the last sound page does not stand below what is wrong"

    beside = folder / "beside.toml"  # as editors save
    beside.write_text(sound, encoding="utf-8")
    os.replace(beside, scenario)
    mended = page_with(events, lambda message: message["problem"] is None)
    if mended["page"] <= second["page"] or watch.ask("page")[2] != before:
        yield "a file that is mended and put in place does not show on the page"

    rules = folder / "small.risk"
    shutil.move(rules, folder / "away.risk")
    gone = page_with(events, lambda message: message["problem"] is not None)
    if "small.risk" not in gone["problem"]:
        yield f"a rule file that is gone: {gone['problem'][:200]!r}"
    shutil.move(folder / "away.risk", rules)
    page_with(events, lambda message: message["problem"] is None)
    events.close()


def many_streams(watch):
    streams = [watch.events() for _ in range(13)]
    statuses = [stream.status for stream in streams]
    if statuses.count(200) > 12 or 503 not in statuses:
        yield f"13 streams get {statuses}"
    if watch.ask("")[0] != 200:
        yield "with many streams the frame is not served any more"
    for stream in streams:
        stream.close()


def first_free(watch):
    """A stream, once those that were closed are given up."""
    began = time.monotonic()
    while time.monotonic() - began < PATIENCE:
        stream = watch.events()
        if stream.status == 200:
            return stream
        stream.close()
        time.sleep(0.2)
    raise RuntimeError("closed streams are kept")


def command_lines(engine, folder):
    for words, code, said in ((["none.toml"], 4, "can't read"), ([], 2, "scenario"), (["two.toml", "--country", "ZZZ"], 2, "ZZZ"),
                              (["/dev/null"], 2, "watch wants files")):
        done = subprocess.run([engine, "watch", *words], cwd=folder, capture_output=True, text=True, timeout=PATIENCE)
        if done.returncode != code or said not in done.stderr or done.stdout:
            yield f"watch {words} ends with {done.returncode}, saying {done.stderr[:200]!r}"


def problems(engine, folder):
    yield from command_lines(engine, folder)
    watch = Watch(engine, folder, "two.toml")
    try:
        yield from who_may_ask(watch)
        yield from where_it_listens(watch)
        yield from saved_files(watch, folder)
        yield from many_streams(watch)
        other = Watch(engine, folder, "two.toml")
        if other.root == watch.root:
            yield "two runs have one token"
        if (code := other.end(signal.SIGTERM)) != 0:
            yield f"by SIGTERM it ends with {code}"
        stream = first_free(watch)
        stream.next()
        began = time.monotonic()
        if (code := watch.end()) != 0:
            yield f"by Ctrl-C it ends with {code}"
        if time.monotonic() - began > 20:
            yield "it takes long to end"
    finally:
        watch.process.kill()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--engine", required=True)
    engine = os.path.abspath(parser.parse_args().engine)
    with tempfile.TemporaryDirectory() as parent:
        folder = pathlib.Path(parent, "files")
        shutil.copytree(FILES, folder)
        found = list(problems(engine, folder))
    print("\n".join(found) or "watch serves its own page alone, and makes it anew")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
