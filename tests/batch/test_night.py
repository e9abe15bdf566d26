"""Many notebooks: one failure does not stop the rest, and nothing stale stays beside it."""

import json
import multiprocessing
import shutil
import signal
import threading
import time
from dataclasses import replace

import pytest

from casebook.batch import night, outcome, plan, pool
from casebook.errors import BundleError

SUBSIDIES, LAND = "disabled_two_subsidies", "land_use_tax"
KILL_WORKER = "import os, signal\nos.kill(os.getppid(), signal.SIGKILL)\nimport time\ntime.sleep(30)"


def test_other_bundle_appears_beside_a_failure(request_of, write_notebook, finished_cells, tmp_path):
    write_notebook(*finished_cells)
    write_notebook("raise ValueError('110101199003074514')", scenario_id=LAND)
    found = night.run(plan.plan(request_of(LAND, SUBSIDIES)), jobs=2)
    assert [(o.scenario, o.status) for o in found] == [(LAND, "failed"), (SUBSIDIES, "complete")]
    assert {p.name for p in (tmp_path / "run").iterdir()} == {
        SUBSIDIES,
        "index.html",
        "results.json",
        "data_centre.html",
    }
    texts = [p.read_text() for p in (tmp_path / "run").glob("*.*")]
    assert any("ValueError" in text for text in texts)
    assert not any("110101199003074514" in text for text in texts)


def test_killed_worker_fails_only_its_own_notebook(request_of, write_notebook, finished_cells, tmp_path):
    write_notebook(*finished_cells)
    write_notebook(KILL_WORKER, scenario_id=LAND)
    found = night.run(plan.plan(request_of(SUBSIDIES, LAND)), jobs=2)
    assert [o.status for o in found] == ["complete", "failed"]
    assert "ended from outside" in found[1].error
    assert not list((tmp_path / "run").glob(".work-*"))


def test_older_bundle_does_not_stand_beside_a_failure(request_of, write_notebook, real_run, tmp_path):
    shutil.copytree(real_run, tmp_path / "run")
    write_notebook("raise ValueError")
    night.run(plan.plan(request_of()))
    run = tmp_path / "run"
    assert not (run / SUBSIDIES).exists()
    assert len(list((run / "superseded").glob(f"{SUBSIDIES}-*/COMPLETE"))) == 1
    assert f"{SUBSIDIES}/report.html" not in (run / "index.html").read_text()
    assert json.loads((run / "results.json").read_text())[0]["status"] == "failed"


def test_refused_source_fails_without_a_kernel(request_of, project, write_notebook):
    write_notebook("1")
    asked = request_of()
    text = asked.sources.read_text().replace("civil_low_income.csv", "not_there.csv")
    (asked.sources.parent / "broken.yml").write_text(text)
    started = time.monotonic()
    found = night.run(plan.plan(replace(asked, sources=asked.sources.parent / "broken.yml")))
    (asked.sources.parent / "broken.yml").unlink()
    assert found[0].error.startswith("not_there.csv: the source set names this file but it does not exist")
    assert time.monotonic() - started < 30


def test_data_centre_stands_where_no_model_could_start(request_of, write_notebook, tmp_path):
    write_notebook("1")
    asked = request_of()
    unsaid = asked.sources.parent / "unsaid.yml"
    unsaid.write_text(asked.sources.read_text().replace("division: '900001'\nsynthetic: true\n", ""))
    (found,) = night.run(plan.plan(replace(asked, sources=unsaid)))
    unsaid.unlink()
    assert "does not say its division" in found.error
    assert "死亡注销人员" in (tmp_path / "run" / "data_centre.html").read_text()
    assert 'href="data_centre.html"' in (tmp_path / "run" / "index.html").read_text()


def test_data_centre_stands_where_every_model_failed_and_tells_the_refused_source(request_of, write_notebook, tmp_path):
    write_notebook("raise ValueError")
    asked = request_of()
    text = asked.sources.read_text().replace("civil_low_income.csv", "not_there.csv")
    (asked.sources.parent / "broken.yml").write_text(text)
    broken = plan.plan(replace(asked, sources=asked.sources.parent / "broken.yml"))
    (found,) = night.run(broken)
    outcome.write_index(tmp_path / "run", "en")
    (asked.sources.parent / "broken.yml").unlink()
    page, index = ((tmp_path / "run" / name).read_text() for name in ("data_centre.html", "index.html"))
    assert found.status == "failed"
    assert "not_there.csv：数据源清单列出了该文件，但文件不存在" in page
    assert "死亡注销人员" in page
    assert 'href="data_centre.html"' in index


def test_scenario_with_wrong_parameters_does_not_stop_the_rest(
    request_of, write_notebook, finished_cells, project, tmp_path
):
    write_notebook(*finished_cells)
    write_notebook("1", scenario_id=LAND)
    shutil.copytree(project / "parameters", tmp_path / "p")
    (tmp_path / "p" / LAND / "900001_2025.yml").write_text("nonsense: 1\n")
    found = night.run(plan.plan(request_of(LAND, SUBSIDIES, parameters=tmp_path / "p")))
    assert "unknown parameter nonsense" in found[0].error
    assert found[1].is_complete


def test_left_over_work_folder_is_removed(request_of, write_notebook, tmp_path):
    write_notebook("1")
    left = tmp_path / "run" / f".work-{SUBSIDIES}-killed"
    left.mkdir(parents=True)
    (left / "COMPLETE").touch()
    night.run(plan.plan(request_of()))
    assert not left.exists()


def test_progress_tells_files_cells_and_notebooks(request_of, write_notebook):
    write_notebook("import time\ntime.sleep(2)")
    told = []
    night.run(plan.plan(request_of()), report=lambda *step: told.append(step))
    assert ("intake", 11, 11) in told
    assert (SUBSIDIES, 2, 3) in told
    assert told[-1] == ("notebooks", 1, 1)


def test_interrupt_leaves_no_work_folder_and_no_process(request_of, write_notebook, tmp_path):
    write_notebook("import time\ntime.sleep(60)")

    def interrupt():
        while not list((tmp_path / "run").glob(f".work-*/{pool.kernel.PROGRESS}")):
            time.sleep(0.2)
        signal.raise_signal(signal.SIGINT)

    asked = plan.plan(request_of())
    threading.Thread(target=interrupt, daemon=True).start()
    with pytest.raises(KeyboardInterrupt):
        night.run(asked)
    assert [path.name for path in (tmp_path / "run").iterdir()] == ["data_centre.html"]
    assert multiprocessing.active_children() == []


def test_two_batches_in_one_folder_are_refused(request_of, write_notebook, tmp_path):
    write_notebook("1")
    with night.run_folder.alone(tmp_path / "run"), pytest.raises(BundleError, match="another batch is running"):
        night.run(plan.plan(request_of()))


def test_index_names_a_bundle_that_is_gone(real_run, tmp_path):
    shutil.copytree(real_run, tmp_path / "run")
    (tmp_path / "run" / SUBSIDIES / "COMPLETE").unlink()
    [one] = outcome.read(tmp_path / "run")
    shown = outcome.shown(one, tmp_path / "run", "en")
    assert (shown.status, shown.error) == (
        "failed",
        f"its bundle {SUBSIDIES}/ is not whole or was moved; run it again",
    )
