"""The page of the data centre, written after intake and before any model runs: it stands also where every model fails."""

from casebook import scenarios
from casebook.batch.plan import Plan
from casebook.case.centre import Received, of_set
from casebook.intake import contract as contracts
from casebook.intake import sources
from casebook.report import centre


def write(plan: Plan, received: Received) -> None:
    """Write `data_centre.html` into the run folder."""
    job = plan.job
    chosen, known = sources.load(job.sources), contracts.load_all(job.contracts)
    models = tuple(map(scenarios.load, scenarios.known()))
    centre.write_centre(plan.out, of_set(chosen, known, models, received, job.store), plan.language)
