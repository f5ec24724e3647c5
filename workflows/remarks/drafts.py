"""The draft change behind a remark: taken into use by the process manager."""

from engine import drafts
from engine.model import Deployment
from engine.persistence.unit_of_work import UnitOfWork
from workflows.errors import NotAllowedNowError
from workflows.people.model import Actor
from workflows.people.rights import Action, require
from workflows.remarks.deploying import DeployingEngine, deploy


def deploy_draft(
    work: UnitOfWork, engine: DeployingEngine, key: str, *, by: Actor
) -> Deployment:
    """Take a draft into use, and forget it.

    Raise ``NotAllowedNowError`` when another version came into use since the
    draft began: what that one changed would be lost.
    """
    require(by, Action.DEPLOY_PROCESSES)
    draft = drafts.draft_of(work, key)
    if drafts.is_behind(work, draft):
        sentence = (
            "Sinds dit ontwerp begon, kwam een andere versie in gebruik. Haal uw"
            " gewijzigde bestanden op, begin het ontwerp opnieuw en zet ze er in."
        )
        raise NotAllowedNowError(key, "behind", sentence)
    if not drafts.changed_files(work, draft):
        sentence = "In dit ontwerp is nog niets gewijzigd."
        raise NotAllowedNowError(key, "unchanged", sentence)
    found = deploy(work, engine, draft.bundle, by=by.name)
    drafts.discard_draft(work, key)
    return found
