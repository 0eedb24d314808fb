"""Pages as files, and whether a fetch goes on with an earlier run, asks for everything or for changes."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from referral.directory.importers.fetch import folder, manifest_of, pages_of
from referral.directory.importers.fetch.folder import BadFolder, Manifest, Run
from referral.directory.importers.fetch.plan import FRESH, FULL_EVERY, OVERLAP, plan

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
HERE = "https://api.example/v11"


def begun(data: Path, ago: timedelta = timedelta(), since: datetime | None = None) -> Run:
    return folder.begin(data, Manifest("ptv", HERE, NOW - ago, since))


def ended(data: Path, ago: timedelta, since: datetime | None = None) -> Run:
    return begun(data, ago, since).end([], NOW - ago + timedelta(minutes=5))


def test_pages_are_read_one_at_a_time_and_again(tmp_path: Path) -> None:
    run = begun(tmp_path)
    for name in ("b.json", "ids.json", "a.json"):
        run.keep(name, name.encode())
    run.end(["b.json", "a.json"], NOW)
    pages = pages_of(run.path)
    assert [(one.name, one.content) for one in pages] == [("b.json", b"b.json"), ("a.json", b"a.json")]
    assert [one.name for one in pages] == ["b.json", "a.json"]
    assert len(pages) == 2
    assert [one.name for one in pages[1:]] == ["a.json"]
    (run.path / "a.json").unlink()
    assert pages[0].content == b"b.json"
    with pytest.raises(BadFolder, match=r"a\.json"):
        pages[1]


def test_a_run_says_what_it_is(tmp_path: Path) -> None:
    run = begun(tmp_path, since=NOW - timedelta(days=1))
    assert manifest_of(run.path) == run.manifest
    assert run.manifest.partial
    assert run.path == tmp_path / "fetched" / "ptv" / "20261122T120000.000000Z"
    assert manifest_of(run.end(["a.json"], NOW).path).pages == ("a.json",)


def test_a_run_that_has_not_ended_is_not_imported(tmp_path: Path) -> None:
    run = begun(tmp_path)
    run.keep("a.json", b"{}")
    with pytest.raises(BadFolder, match="Fetch again"):
        pages_of(run.path)


@pytest.mark.parametrize(
    "content",
    [None, "", "[]", "{}", '{"source": "ptv"}', "x"],
)
def test_a_folder_that_is_none(tmp_path: Path, content: str | None) -> None:
    if content is not None:
        (tmp_path / "manifest.json").write_text(content)
    with pytest.raises(BadFolder):
        pages_of(tmp_path)


@pytest.mark.parametrize("name", ["../secret", "/etc/passwd", "a/b.json", "..", 5])
def test_a_manifest_names_only_files_beside_it(tmp_path: Path, name: object) -> None:
    run = begun(tmp_path).end([], NOW)
    told = json.loads((run.path / "manifest.json").read_text())
    (run.path / "manifest.json").write_text(json.dumps({**told, "pages": [name]}))
    with pytest.raises(BadFolder):
        pages_of(run.path)


def test_half_a_page_is_never_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run = begun(tmp_path)

    def killed(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("os.fsync", killed)
    with pytest.raises(KeyboardInterrupt):
        run.keep("a.json", b"half")
    assert run.page("a.json") is None


def test_a_full_disk_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run = begun(tmp_path)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(BadFolder, match=r"No space left on device.*goes on where it stopped"):
        run.keep("a.json", b"x")
    assert run.page("a.json") is None


def test_a_place_where_nothing_can_be_written(tmp_path: Path) -> None:
    (tmp_path / "fetched").write_text("a file")
    with pytest.raises(BadFolder, match="cannot be written"), folder.alone(tmp_path, "ptv"):
        pass
    with pytest.raises(BadFolder, match="cannot be written"):
        begun(tmp_path)


def test_one_fetch_of_a_source_at_a_time(tmp_path: Path) -> None:
    with folder.alone(tmp_path, "ptv"):
        with folder.alone(tmp_path, "kirkanta"):
            pass
        with pytest.raises(BadFolder, match="already"), folder.alone(tmp_path, "ptv"):
            pass
    with folder.alone(tmp_path, "ptv"):
        pass


def test_runs_come_oldest_first_and_strangers_are_passed_over(tmp_path: Path) -> None:
    later, earlier = begun(tmp_path), begun(tmp_path, timedelta(days=2))
    (tmp_path / "fetched/ptv/20200101T000000Z").mkdir()
    assert [run.path for run in folder.runs(tmp_path, "ptv")] == [earlier.path, later.path]
    folder.discard(earlier)
    assert [run.path for run in folder.runs(tmp_path, "ptv")] == [later.path]
    assert folder.runs(tmp_path, "kirkanta") == []


def planned(
    data: Path, *, tells_changes: bool = True, full: bool = False
) -> tuple[Run | None, datetime | None]:
    found = plan(folder.runs(data, "ptv"), HERE, NOW, tells_changes=tells_changes, full=full)
    return found.goes_on, found.since


def test_the_first_time_everything(tmp_path: Path) -> None:
    assert planned(tmp_path) == (None, None)


def test_then_what_has_changed_since_everything_was_asked_for(tmp_path: Path) -> None:
    whole = ended(tmp_path, timedelta(days=3))
    ended(tmp_path, timedelta(days=1), since=NOW - timedelta(days=3))
    assert planned(tmp_path) == (None, whole.manifest.began - OVERLAP)
    assert planned(tmp_path, full=True) == (None, None)
    assert planned(tmp_path, tells_changes=False) == (None, None)


def test_what_a_coordinator_took_comes_with_everything(tmp_path: Path) -> None:
    whole = ended(tmp_path, timedelta(days=3))
    for days, since in ((4, whole.manifest.began - OVERLAP), (3, None), (1, None)):
        day = (NOW - timedelta(days=days)).date()
        runs = folder.runs(tmp_path, "ptv")
        assert plan(runs, HERE, NOW, tells_changes=True, full=False, decided=day).since == since


def test_once_a_week_everything(tmp_path: Path) -> None:
    ended(tmp_path, FULL_EVERY)
    ended(tmp_path, timedelta(days=1), since=NOW - FULL_EVERY)
    assert planned(tmp_path) == (None, None)


def test_changes_alone_are_never_the_beginning(tmp_path: Path) -> None:
    ended(tmp_path, timedelta(days=1), since=NOW - timedelta(days=2))
    assert planned(tmp_path) == (None, None)


def test_a_run_that_broke_off_goes_on_for_a_day(tmp_path: Path) -> None:
    ended(tmp_path, timedelta(days=2))
    run = begun(tmp_path, FRESH - timedelta(minutes=1))
    assert planned(tmp_path)[0] == run
    (tmp_path / "other").mkdir()
    begun(tmp_path / "other", FRESH)
    assert planned(tmp_path / "other") == (None, None)


def test_changes_do_not_go_on_where_everything_is_wanted(tmp_path: Path) -> None:
    run = begun(tmp_path, timedelta(hours=1), since=NOW - timedelta(days=1))
    assert planned(tmp_path)[0] == run
    assert planned(tmp_path, full=True) == (None, None)


def test_another_address_is_another_source(tmp_path: Path) -> None:
    other = folder.begin(tmp_path, Manifest("ptv", "https://else.example", NOW - timedelta(hours=2)))
    other.end([], NOW)
    folder.begin(tmp_path, Manifest("ptv", "https://else.example", NOW - timedelta(hours=1)))
    found = plan(folder.runs(tmp_path, "ptv"), HERE, NOW, tells_changes=True, full=False)
    assert (found.goes_on, found.since, found.outlived) == (None, None, ())
    later = plan(folder.runs(tmp_path, "ptv"), HERE, NOW + timedelta(days=31), tells_changes=True, full=False)
    assert len(later.outlived) == 2


def test_what_nobody_needs_is_taken_away(tmp_path: Path) -> None:
    old = ended(tmp_path, timedelta(days=9))
    delta = ended(tmp_path, timedelta(days=8), since=NOW - timedelta(days=9))
    stale = begun(tmp_path, timedelta(days=4))
    whole = ended(tmp_path, timedelta(days=3))
    earlier = ended(tmp_path, timedelta(days=2), since=whole.manifest.began)
    ended(tmp_path, timedelta(days=1), since=whole.manifest.began)
    fresh = begun(tmp_path, timedelta(hours=3))
    found = plan(folder.runs(tmp_path, "ptv"), HERE, NOW, tells_changes=True, full=False)
    assert {run.path for run in found.outlived} == {old.path, delta.path, stale.path, earlier.path}
    assert found.goes_on == fresh
