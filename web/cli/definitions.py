"""Commands for bundles: check, deploy, export and import."""

import json
import zlib
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile, ZipFile, ZipInfo

import click

from engine.errors import DefinitionRefusedError
from engine.model import Bundle, Finding, Severity
from engine.spiff.check import check_files
from web.cli.place import environment, open_current_engine
from workflows.definitions import bundles
from workflows.register import build_registry
from workflows.remarks.deploying import deploy as taken_into_use

SUFFIXES = (".bpmn", ".dmn", ".form")
MOST_BYTES = 20_000_000

Format = click.Choice(["text", "json"])
ReadableFile = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("files", nargs=-1, required=True, type=ReadableFile)
@click.option("--format", "form", type=Format, default="text", help="How to print.")
@click.pass_context
def check(context: click.Context, files: tuple[Path, ...], form: str) -> None:
    """Check process, decision and form files that belong together.

    Exit code 0: clean; 1: at least one error; 2: the call can't be used.
    """
    findings = check_files(_read(files), build_registry())
    _print(findings, form)
    if any(finding.severity is Severity.ERROR for finding in findings):
        context.exit(1)


@click.command()
@click.argument("key", required=False)
@click.argument("files", nargs=-1, type=ReadableFile)
@click.option("--by", default="console", show_default=True, help="Who deploys.")
def deploy(key: str | None, files: tuple[Path, ...], by: str) -> None:
    """Deploy FILES as the bundle KEY; without them, the families of Woonflow."""
    chosen = (Bundle(key=key, files=_read(files)),) if key and files else bundles()
    if key and not files:
        chosen = tuple(one for one in chosen if one.key == key)
    if not chosen:
        message = f"Er is geen familie {key}; noem de bestanden van de bundel."
        raise click.UsageError(message)
    _deploy(chosen, by)


@click.command()
@click.argument("key")
@click.argument("target", type=click.Path(path_type=Path))
def export(key: str, target: Path) -> None:
    """Write the newest version of the bundle KEY to the zip file TARGET."""
    engine = open_current_engine(environment())
    with engine.reading() as work:
        version = engine.definitions.latest(work, key)
        bundle = engine.definitions.get(work, version.content_hash)
    with ZipFile(target, "w") as archive:
        for name in sorted(bundle.files):
            archive.writestr(name, bundle.files[name])
    click.echo(f"{key}, versie {version.content_hash[:12]}, staat in {target}.")


@click.command("import")
@click.argument("key")
@click.argument("source", type=ReadableFile)
@click.option("--by", default="console", show_default=True, help="Who deploys.")
def import_(key: str, source: Path, by: str) -> None:
    """Deploy the bundle KEY from the zip file SOURCE."""
    _deploy((Bundle(key=key, files=_unzip(source)),), by)


def _deploy(chosen: tuple[Bundle, ...], by: str) -> None:
    engine = open_current_engine(environment())
    for bundle in chosen:
        try:
            with engine.transaction() as work:
                taken_into_use(work, engine, bundle, by=by)
        except DefinitionRefusedError as refusal:
            click.echo(str(refusal), err=True)
            raise click.exceptions.Exit(1) from refusal
        click.echo(f"{bundle.key}: versie {bundle.content_hash[:12]} is in gebruik.")


def _read(paths: tuple[Path, ...]) -> dict[str, bytes]:
    _require_names(paths)
    return {path.name: path.read_bytes() for path in paths}


def _require_names(paths: Sequence[Path]) -> None:
    strange = [path.name for path in paths if path.suffix not in SUFFIXES]
    if strange:
        kinds = ", ".join(SUFFIXES)
        message = f"{strange[0]}: alleen bestanden met {kinds} horen in een bundel."
        raise click.UsageError(message)
    names = [path.name for path in paths]
    if len(set(names)) < len(names):
        message = "Twee bestanden hebben dezelfde naam."
        raise click.UsageError(message)


def _unzip(source: Path) -> dict[str, bytes]:
    try:
        with ZipFile(BytesIO(source.read_bytes())) as archive:
            members = [one for one in archive.infolist() if not one.is_dir()]
            _require_bundle(source, members)
            return {Path(one.filename).name: archive.read(one) for one in members}
    # What zipfile says of a broken, a locked and a strangely packed archive.
    except (BadZipFile, RuntimeError, NotImplementedError, zlib.error) as error:
        message = f"{source} is geen zip-bestand dat we kunnen lezen."
        raise click.UsageError(message) from error


def _require_bundle(source: Path, members: list[ZipInfo]) -> None:
    """Refuse what is no bundle before anything is unpacked."""
    if sum(one.file_size for one in members) > MOST_BYTES:
        message = f"{source}: uitgepakt meer dan {MOST_BYTES} bytes."
        raise click.UsageError(message)
    _require_names([Path(one.filename) for one in members])


def _print(findings: list[Finding], form: str) -> None:
    if form == "json":
        click.echo(json.dumps([_as_json(one) for one in findings], ensure_ascii=False))
        return
    for finding in findings:
        click.echo(str(finding))


def _as_json(finding: Finding) -> dict[str, str]:
    return {
        "file": finding.file,
        "element": finding.element,
        "severity": finding.severity.value,
        "sentence": finding.sentence,
        "code": finding.code,
    }
