#!/usr/bin/env python3
# zones.py - precision and recall of the boundaries between what a message's author wrote, signed, quoted and passed on.
#   zones.py                     the sets kept here, and real ones where COPYHOLD_CORPUS is set
#   zones.py --wrong             and where each differs from what was expected; of what is held back only with --heldback
#   zones.py --draft SET/FILE... as labels of the corpus are written, from what the reader says now
# READING_TOOL in the environment is the program, else reading_tool here; COPYHOLD_PACKS the folder of packs. It fails when one of our own
# messages is not wholly as expected, or a set falls below its floor.
# SPDX-License-Identifier: GPL-3.0-or-later
import difflib
import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
BOUNDARIES = ["quoted", "forwarded", "resumes", "signature", "disclaimer"]
FIELDS = ["from", "to", "cc", "date", "subject"]
FLOORS = {"author": 0.95, "history": 0.97} # precision and recall, of every set
ZONES = {"author": "A", "signature": "S", "disclaimer": "D", "header": "H"}


class Case:
    """A message, its lines with the letter and zone each should be in, and what the letters' blocks should give."""

    def __init__(self, name, headers, body, html):
        self.name, self.headers, self.body, self.html = name, headers, body, html
        self.lines = []    # (label, text), blank ones left out
        self.kinds = {}    # letter number -> quoted, forwarded
        self.fields = {}   # (letter number, field) -> value
        self.signed = None # who signs the outer letter, or None where the case does not say


def squeeze(text):
    return " ".join(text.replace("\u00a0", " ").split())


def read_letter(case, number, value):
    kind, *rest = [piece.strip() for piece in value.split("; ")]
    case.kinds[number] = kind
    for piece in rest:
        field, _, text = piece.partition("=")
        if field not in FIELDS:
            sys.exit(f"{case.name}: there is no field {field!r}")
        case.fields[number, field] = text.strip()


def read_case(name, text):
    head, _, rest = text.partition("\n--- ")
    form, _, body = rest.partition("\n")
    keys, letters = {}, []
    for line in head.splitlines():
        if not line.strip():
            continue
        key, colon, value = line.partition(":")
        if key.strip().isdigit():
            letters.append((int(key), value.strip()))
        else:
            keys.setdefault(key.strip(), value.strip())
    unknown = set(keys) - {"client", "from", "subject", "signed", "note"}
    if unknown or form not in ("text", "html"):
        sys.exit(f"{name}: does not know {unknown or form}")
    source, _, shown = body.partition("\n--- shown\n") if form == "html" else ("", "", body)
    headers = [("From", keys.get("from", "Ruth Ames <clerk@marlbrook.example>")), ("Subject", keys.get("subject", "Allotments"))]
    labelled = [(line[:2], line[3:]) for line in shown.splitlines() if line.strip()]
    if form == "text":
        source = "\n".join("" if label == "--" else line for label, line in labelled)
    case = Case(name, headers, source + "\n", form == "html")
    case.lines = [(label, line) for label, line in labelled if label != "--" and re.sub(r"^(> ?)+", "", line).strip()]
    case.signed = keys.get("signed")
    for number, value in letters:
        read_letter(case, number, value)
    wrong = [label for label, _ in case.lines if not re.fullmatch(r"\d[ASDH]", label)]
    numbers = {int(label[0]) for label, _ in case.lines} - {0}
    if wrong or numbers != set(case.kinds):
        sys.exit(f"{name}: labels {wrong}, letters {numbers} against {set(case.kinds)}")
    return case


def own_set(file):
    cases = []
    with open(os.path.join(HERE, file), encoding="utf-8") as source:
        for piece in re.split(r"^=== ", source.read(), flags=re.M)[1:]:
            name, _, text = piece.partition("\n")
            cases.append(read_case(f"{file}:{name.strip()}", text))
    if not cases:
        sys.exit(f"{file}: no message in it")
    return cases


def digest(text):
    return hashlib.sha256(squeeze(text).lower().encode()).hexdigest()[:10]


def subject_beside(path):
    """A forward's subject is kept in a file of its own: for this text, for its language, or for the mail program."""
    name = re.sub(r"_body(?=[_.])", "_subject", path)
    for guess in (name, re.sub(r"_variant_\d+", "", name), re.sub(r"_\w\w(_br)?_subject.*", "_subject.txt", name)):
        if guess != path and os.path.exists(guess):
            with open(guess, encoding="utf-8") as source:
                return source.read().strip()
    return "x"


def corpus_case(corpus, path):
    """Bare texts, HTML, and Talon's whole messages."""
    whole = os.path.join(corpus, "replyfwd", path)
    with open(whole, "rb") as source:
        raw = source.read().decode("utf-8", "replace").replace("\r\n", "\n")
    sender = "Me <me@reader.example>"
    beside = re.sub(r"_body$", "_sender", whole)
    if beside != whole and os.path.exists(beside):
        with open(beside, encoding="utf-8") as source:
            sender = source.read().strip() or sender
    subject = subject_beside(whole) if path.startswith("crisp-forward") else "Re: x"
    return Case(path, [("From", sender), ("Subject", subject)], raw, path.endswith(".html"))


def corpus_labels(corpus):
    """Each line of corpus.labels: FILE | runs of labels over its full lines, as 0A3 1H2 | 1=quoted from=DIGEST ... | why we differ.
    The sets, and the files that are not there."""
    sets, missing = {}, []
    with open(os.path.join(HERE, "corpus.labels"), encoding="utf-8") as source:
        for line in source:
            if line.startswith("#") or not line.strip():
                continue
            path, runs, letters, *_why = [piece.strip() for piece in line.split("|")]
            if not os.path.exists(os.path.join(corpus, "replyfwd", path)):
                missing.append(path)
                continue
            case = corpus_case(corpus, path)
            labels = [label for run in runs.split() for label in [run[:2]] * int(run[2:])]
            case.lines = [(label, None) for label in labels]
            for letter in letters.split("; ") if letters else []:
                words = letter.split()
                number, kind = words[0].split("=")
                case.kinds[int(number)] = kind
                for word in words[1:]:
                    field, value = word.split("=")
                    case.fields[int(number), field] = value
            sets.setdefault(path.split("/")[0], []).append(case)
    return sets, missing


def write_message(case, folder, number):
    path = os.path.join(folder, f"{number}.eml")
    kind = "html" if case.html else "plain"
    with open(path, "wb") as out:
        if re.match(r"[\w-]+: ", case.body) and case.name.endswith(".eml"):
            out.write(case.body.encode())
            return path
        for key, value in case.headers:
            out.write(f"{key}: {value}\r\n".encode())
        out.write(f"MIME-Version: 1.0\r\nContent-Type: text/{kind}; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n".encode())
        out.write(case.body.replace("\n", "\r\n").encode())
    return path


def read_all(tool, pack, cases):
    with tempfile.TemporaryDirectory() as folder:
        paths = [write_message(case, folder, n) for n, case in enumerate(cases)]
        done = subprocess.run([tool, pack], input="\n".join(paths), capture_output=True, text=True, check=False)
        if done.returncode != 0:
            sys.exit(done.stderr)
        readings = [json.loads(line) for line in done.stdout.splitlines()]
    if len(readings) != len(cases):
        sys.exit(f"{tool}: {len(readings)} readings of {len(cases)} messages")
    return readings


def lines_read(reading):
    """The full lines of the first text part in the order they stand there: (label, text)."""
    first, lines = None, []
    for number, letter in enumerate(reading["letters"]):
        for passage in letter["passages"]:
            first = passage["part"] if first is None else first
            if passage["part"] == first:
                lines += [(offset, n, f"{min(number, 9)}{ZONES[zone]}", squeeze(text))
                          for n, (zone, offset, text) in enumerate(passage["lines"]) if squeeze(text)]
    return [(label, text) for _, _, label, text in sorted(lines, key=lambda line: line[:2])]


def align(case, read):
    """The reader's label for each expected line; "??" for one it does not show."""
    if all(text is None for _, text in case.lines):
        labels = [label for label, _ in read]
        return (labels + ["??"] * len(case.lines))[:len(case.lines)], len(labels) == len(case.lines)
    wanted = [squeeze(re.sub(r"^(> ?)+", "", text)) for _, text in case.lines]
    labels = ["??"] * len(wanted)
    matcher = difflib.SequenceMatcher(None, [w.lower() for w in wanted], [text.lower() for _, text in read], autojunk=False)
    for a, b, size in matcher.get_matching_blocks():
        for i in range(size):
            labels[a + i] = read[b + i][0]
    return labels, len(read) == len(wanted) and "??" not in labels


def starts(labels, kinds):
    """Where each boundary is: {boundary: set of line numbers}."""
    found = {boundary: set() for boundary in BOUNDARIES}
    met, before = {0}, ""
    for n, label in enumerate(labels):
        number, zone = int(label[0]) if label[0].isdigit() else -1, label[1]
        if number not in met and number > 0:
            met.add(number)
            found["forwarded" if kinds.get(number) in ("forwarded", "enclosed") else "quoted"].add(n)
        if number == 0 and label != before and zone in "SD":
            found["signature" if zone == "S" else "disclaimer"].add(n)
        if number == 0 and zone == "A" and before and before[0] not in "0?":
            found["resumes"].add(n)
        before = label
    return found


class Score:
    def __init__(self):
        self.right, self.said, self.due = 0, 0, 0

    def add(self, said, due):
        self.right += len(said & due)
        self.said += len(said)
        self.due += len(due)

    def below(self, floor):
        return self.right < floor * max(self.said, self.due)

    def text(self):
        share = lambda part, whole: "  -  " if whole == 0 else f"{part / whole:5.3f}"
        return f"{share(self.right, self.said)} {share(self.right, self.due)} {self.due:4d}"


def plain(text):
    """Quotes and dashes as the reader compares them."""
    for written, plain_one in (("\u2018\u2019", "'"), ("\u201c\u201d", '"'), ("\u2013\u2014", "-")):
        for character in written:
            text = text.replace(character, plain_one)
    return text.replace("\u2026", "...")


def people_text(people):
    return ", ".join(f"{name} <{address}>" if name and address else name or address for name, address in people)


def field_read(letter, field):
    value = letter.get(field)
    return people_text(value) if field in ("from", "to", "cc") else value


def signers(letter):
    names = []
    for one in letter["signatures"]:
        words = [one["name"] or "-"]
        words += [word for word, key in [("councillor", "councillor"), ("officer", "officer")] if one[key]]
        words += [one["office"]] if one["office"] else []
        names.append(" ".join(words))
    return ", ".join(names)


def score_fields(case, reading, scores, wrong):
    for number in case.kinds:
        letter = reading["letters"][number] if number < len(reading["letters"]) else {}
        for field in FIELDS:
            due, said = case.fields.get((number, field)), field_read(letter, field) or None
            if said is not None and due is not None and re.fullmatch(r"[0-9a-f]{10}", due):
                said = digest(said)
            said, due = (None if text is None else squeeze(text) for text in (said, due))
            scores[field].add({said} - {None}, {due} - {None})
            if said != due:
                wrong.append(f"letter {number} {field}: {said!r}, expected {due!r}")


def score_case(case, reading, scores):
    wrong = []
    read = lines_read(reading)
    labels, whole = align(case, read)
    due = [label for label, _ in case.lines]
    scores["author"].add({n for n, label in enumerate(labels) if label == "0A"}, {n for n, label in enumerate(due) if label == "0A"})
    scores["history"].add({n for n, label in enumerate(labels) if label[0] not in "0?"}, {n for n, label in enumerate(due) if label[0] != "0"})
    said_starts = starts(labels, {n: letter["kind"] for n, letter in enumerate(reading["letters"])})
    due_starts = starts(due, case.kinds)
    for boundary in BOUNDARIES:
        scores[boundary].add(said_starts[boundary], due_starts[boundary])
    if not whole:
        wrong.append(f"lines: {len(read)} read, {len(due)} expected; not found: {[case.lines[n][1] for n, l in enumerate(labels) if l == '??']}")
    for n, (said, wanted) in enumerate(zip(labels, due)):
        if said != wanted:
            wrong.append(f"{said} for {wanted}: {case.lines[n][1] or (read[n][1] if n < len(read) else '')}")
    score_fields(case, reading, scores, wrong)
    if case.signed is not None:
        said = signers(reading["letters"][0])
        scores["signed"].add({said} - {""}, {case.signed} - {""})
        if said != case.signed:
            wrong.append(f"signed {said!r}, expected {case.signed!r}")
    return wrong


ROWS = ["author", "history"] + BOUNDARIES + FIELDS + ["signed"]


def measure(title, cases, tool, pack, show_wrong):
    scores = {row: Score() for row in ROWS}
    right = 0
    for case, reading in zip(cases, read_all(tool, pack, cases)):
        wrong = score_case(case, reading, scores)
        right += not wrong
        if wrong and show_wrong:
            print(f"## {case.name}")
            for line in wrong:
                print(f"   {line}")
    print(f"{title}: {right} of {len(cases)} messages wholly as expected")
    for row in ROWS:
        if scores[row].due or scores[row].said:
            print(f"   {row:<11} {scores[row].text()}")
    low = [row for row, floor in FLOORS.items() if scores[row].below(floor)]
    for row in low:
        print(f"   {row} is below {FLOORS[row]}")
    return right < len(cases), bool(low)


def trimmed_opinion(corpus, tool, pack):
    """What Discourse would keep of an answer, against the lines we call the author's."""
    folder = os.path.join(corpus, "replyfwd", "discourse-trimmer")
    names = sorted(os.listdir(os.path.join(folder, "trimmed"))) if os.path.isdir(folder) else []
    cases = [corpus_case(corpus, f"discourse-trimmer/emails/{name}") for name in names]
    score = Score()
    for case, name, reading in zip(cases, names, read_all(tool, pack, cases)):
        with open(os.path.join(folder, "trimmed", name), encoding="utf-8") as source:
            kept = {(name, squeeze(line)) for line in source.read().splitlines() if squeeze(line)}
        score.add({(name, text) for label, text in lines_read(reading) if label == "0A"}, {(a, plain(b)) for a, b in kept})
    print(f"   what that set itself keeps of each, against our author's lines:\n   {'trimmed':<11} {score.text()}")


def draft(tool, pack, corpus, paths):
    cases = [corpus_case(corpus, path) for path in paths]
    for case, reading in zip(cases, read_all(tool, pack, cases)):
        runs = []
        for label, _ in lines_read(reading):
            if runs and runs[-1][0] == label:
                runs[-1][1] += 1
            else:
                runs.append([label, 1])
        letters = []
        for number, letter in enumerate(reading["letters"][1:], 1):
            fields = [f"{field}={digest(field_read(letter, field))}" for field in FIELDS if field_read(letter, field)]
            letters.append(" ".join([f"{number}={letter['kind']}"] + fields))
        print(f"{case.name} | {' '.join(f'{label}{count}' for label, count in runs)} | {'; '.join(letters)}")


def main():
    options = sys.argv[1:]
    tool = os.environ.get("READING_TOOL", "./reading_tool")
    pack = os.path.join(os.environ.get("COPYHOLD_PACKS", os.path.join(HERE, "..", "..", "conf", "packs")), "dunstable.conf")
    corpus = os.environ.get("COPYHOLD_CORPUS")
    if options[:1] == ["--draft"]:
        draft(tool, pack, corpus, options[1:])
        return 0
    wrong, failed = "--wrong" in options, False
    print("precision recall due: of lines the author wrote, lines of history, where each zone begins, what blocks name, who signs")
    for title, file in [("our messages", "zones.cases"), ("our messages, held back", "zones-heldback.cases")]:
        held = "heldback" in file
        differs, low = measure(title, own_set(file), tool, pack, "--heldback" in options if held else wrong)
        failed |= low or (differs and not held)
    if corpus:
        sets, missing = corpus_labels(corpus)
        for path in missing:
            print(f"left out: {path} is not in the corpus")
        for name, cases in sorted(sets.items()):
            failed |= measure(name, cases, tool, pack, wrong)[1]
        trimmed_opinion(corpus, tool, pack)
    else:
        print("left out: sets of real mail (COPYHOLD_CORPUS is not set)")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
