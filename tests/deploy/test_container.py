"""What a container of ours may do, and what goes into it. `make lint-deploy` looks further, with tools of its own."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
COMPOSE = yaml.safe_load((ROOT / "deploy" / "compose.yaml").read_text("utf-8"))
STAGES = re.split(r"^FROM ", (ROOT / "deploy" / "Dockerfile").read_text("utf-8"), flags=re.M)[1:]
OURS = [name for name, service in COMPOSE["services"].items() if "build" in service]


@pytest.mark.parametrize("service", COMPOSE["services"].values(), ids=COMPOSE["services"].keys())
def test_each_service_is_read_only_and_has_no_privilege_and_no_secret_in_its_text(service: dict[str, Any]) -> None:
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    assert "cap_add" not in service
    assert "privileged" not in service
    named = {name for name in service.get("environment", {}) if re.search("PASSWORD|TOKEN|SECRET|DATABASE_URL", name)}
    assert named <= {"POSTGRES_PASSWORD_FILE"}
    assert re.search(r":(\d+\.\d+|\$\{)", service["image"]), "an image is named with its version"


def test_only_the_bot_reaches_out_and_nothing_is_published_to_the_world() -> None:
    assert COMPOSE["networks"]["inside"]["internal"] is True
    assert {name: service["networks"] for name, service in COMPOSE["services"].items()} == {
        "migrate": ["inside"],
        "bot": ["inside", "outside"],
        "postgres": ["inside"],
        "chroma": ["inside"],
    }
    assert not any("ports" in service for service in COMPOSE["services"].values())


def test_the_bots_own_containers_are_not_root() -> None:
    assert {COMPOSE["services"][name]["user"] for name in OURS} == {"10001:10001"}
    assert "USER 10001:10001" in STAGES[-1]


def test_the_chroma_server_is_of_the_release_that_the_client_is() -> None:
    lock = tomllib.loads((ROOT / "uv.lock").read_text("utf-8"))
    (client,) = (package["version"] for package in lock["package"] if package["name"] == "chromadb")
    assert COMPOSE["services"]["chroma"]["image"] == f"chromadb/chroma:{client}"


def test_the_image_is_built_from_hashes_in_a_stage_whose_tools_stay_behind() -> None:
    build, final = STAGES
    assert "--require-hashes" in build
    assert build.count("uv sync --frozen") == 2
    assert not re.search(r"\b(uv|pip install|gcc|build-essential|curl|wget)\b", final)


def test_the_build_sees_nothing_but_what_goes_into_the_image() -> None:
    lines = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    rules = [line for line in lines if line and not line.startswith("#")]
    assert rules[0] == "*"
    copied = set(re.findall(r"^COPY (?!--from)(?:--\S+ )*(.+) \S+$", "\n".join(STAGES), re.M))
    sources = {source for line in copied for source in line.split()}
    assert {rule.removeprefix("!") for rule in rules if rule.startswith("!")} == {
        source.rstrip("/") for source in sources
    }


@pytest.mark.long
def test_the_program_works_where_only_its_data_folder_and_a_temporary_one_can_be_written(tmp_path: Path) -> None:
    data, temporary = tmp_path / "data", tmp_path / "tmp"
    script = (
        "set -e\n"
        "mount --make-rprivate /\n"
        f"mkdir {data} {temporary}\n"
        f"mount --bind {data} {data}\n"
        f"mount -t tmpfs -o size=256m tmp {temporary}\n"
        f"mount -o remount,bind,ro /\n"
        f"if touch {tmp_path}/x 2>/dev/null; then echo writable; exit 1; fi\n"
        f"export DATA_DIR={data} TMPDIR={temporary} HOME={temporary} PYTHONDONTWRITEBYTECODE=1\n"
        f"{sys.executable} -m bot migrate --json\n"
        f"{sys.executable} -m bot index --json\n"
        f"{sys.executable} -m bot review knowledge/samples/seven-members.txt --json\n"
        f"{sys.executable} -m bot backup {data} --json\n"
    )
    if subprocess.run(["unshare", "--mount", "--map-root-user", "true"], check=False, capture_output=True).returncode:
        pytest.skip("This machine lets nobody make a file system of his own: unshare is refused.")
    command = ["unshare", "--mount", "--map-root-user", "sh", "-c", script]
    done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=ROOT, timeout=110)
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) == 4
