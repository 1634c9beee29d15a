"""What can be checked of the deployment without a container engine or a cluster; `make lint-deploy` runs it.

hadolint reads the Dockerfile, Compose's own program the compose file; Helm's own engine lints the chart and renders it
in several shapes, and each manifest is held against the schemas of two Kubernetes releases and against what we promise
of every container. Not checked, since nothing here can: that the image builds, that a cluster takes the release, and
the ServiceMonitor, whose schema is not Kubernetes's own.
"""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import helm_python
import kubernetes_validate
import yaml

HERE = Path(__file__).parent
CHART = HERE / "chart"
RELEASES = ("1.27", "1.37")
LEAST: dict[str, Any] = {"existingSecret": "copilot"}
SHAPES: dict[str, dict[str, Any]] = {
    "least": LEAST,
    "socket, one replica": {**LEAST, "mode": "socket", "replicas": 1},
    "everything": {
        **LEAST,
        "image": {"repository": "registry.example/copilot", "digest": "sha256:" + "a" * 64},
        "imagePullSecrets": [{"name": "registry"}],
        "settings": {"LLM_MODEL": "anthropic:claude-sonnet-5-5", "LLM_TIMEOUT_SECONDS": 20},
        "chroma": {"url": "http://chroma:8000"},
        "autoscaling": {"enabled": True},
        "ingress": {"enabled": True, "className": "nginx", "host": "copilot.example", "tlsSecret": "tls"},
        "serviceMonitor": {"enabled": True, "labels": {"release": "prometheus"}},
        "podAnnotations": {"example": "yes"},
        "nodeSelector": {"disk": "ssd"},
        "tolerations": [{"key": "only", "operator": "Exists"}],
        "affinity": {"nodeAffinity": {}},
    },
}
REFUSED: dict[str, dict[str, Any]] = {
    "no secret": {},
    "an unknown value": {**LEAST, "replica": 3},
    "an unknown mode": {**LEAST, "mode": "smoke"},
    "a secret among the settings": {**LEAST, "settings": {"SLACK_BOT_TOKEN": "xoxb-1"}},
    "an ingress without TLS": {**LEAST, "ingress": {"enabled": True, "host": "copilot.example"}},
    "egress to everywhere": {**LEAST, "networkPolicy": {"https": []}},
}
KINDS = {
    "least": {"Deployment", "Job", "NetworkPolicy", "PodDisruptionBudget", "Service"},
    "socket, one replica": {"Deployment", "Job", "NetworkPolicy", "Service"},
    "everything": {
        *("Deployment", "HorizontalPodAutoscaler", "Ingress", "Job", "NetworkPolicy", "PodDisruptionBudget"),
        *("Service", "ServiceMonitor"),
    },
}


def main() -> int:
    problems = [*dockerfile(), *compose(), *chart()]
    for problem in problems:
        print(problem)
    print(f"deploy/: {len(problems)} problems")
    return bool(problems)


def dockerfile() -> Iterator[str]:
    yield from _run("hadolint", "--failure-threshold=info", str(HERE / "Dockerfile"))


def compose() -> Iterator[str]:
    yield from _run("docker-compose", "--file", str(HERE / "compose.yaml"), "config", "--quiet")


def chart() -> Iterator[str]:
    for shape, values in SHAPES.items():
        report = helm_python.lint(CHART, values, strict=True)
        yield from (
            f"helm lint, {shape}: {message['error']}" for message in report["messages"] if message["severity"] > 1
        )
        with helm_python.Chart.load(CHART) as loaded:
            files = loaded.render(values, name="try", namespace="copilot")
        manifests = [
            manifest
            for name, text in files.items()
            if name.endswith(".yaml")
            for manifest in yaml.safe_load_all(text)
            if manifest
        ]
        if {manifest["kind"] for manifest in manifests} != KINDS[shape]:
            yield f"{shape}: it makes {sorted(manifest['kind'] for manifest in manifests)}"
        for manifest in manifests:
            yield from (f"{shape}, {manifest['kind']}: {problem}" for problem in _manifest(manifest))
    for what, values in REFUSED.items():
        if not helm_python.lint(CHART, values)["errors"]:
            yield f"values.schema.json takes {what}"


def _manifest(manifest: dict[str, Any]) -> Iterator[str]:
    if manifest["kind"] != "ServiceMonitor":
        for release in RELEASES:
            try:
                kubernetes_validate.validate(manifest, release, strict=True)
            except kubernetes_validate.ValidationError as error:
                yield f"Kubernetes {release}: {error.message}"
    if manifest["kind"] in {"Deployment", "Job"}:
        yield from _pod(manifest["spec"]["template"]["spec"], serves=manifest["kind"] == "Deployment")


def _pod(pod: dict[str, Any], *, serves: bool) -> Iterator[str]:
    if not pod["securityContext"].get("runAsNonRoot") or pod.get("automountServiceAccountToken") is not False:
        yield "the pod may be root, or has an account's token"
    for container in pod["containers"]:
        security = container["securityContext"]
        if not security["readOnlyRootFilesystem"] or security["allowPrivilegeEscalation"]:
            yield "the container may write its root file system, or become more than it is"
        if security["capabilities"] != {"drop": ["ALL"]}:
            yield "the container keeps capabilities"
        if not {"cpu", "memory"} <= container["resources"]["limits"].keys():
            yield "the container has no limits"
        if serves and not {"startupProbe", "readinessProbe", "livenessProbe"} <= container.keys():
            yield "the container is not probed"
        if any("SECRET" in one["name"] or "TOKEN" in one["name"] for one in container["env"] if "value" in one):
            yield "a secret stands in the manifest"


def _run(program: str, *arguments: str) -> Iterator[str]:
    command = [str(Path(sys.executable).parent / program), *arguments]
    done = subprocess.run(command, check=False, capture_output=True, text=True)  # noqa: S603  # tools of our lock
    if done.returncode:
        yield f"{program}: {(done.stdout + done.stderr).strip()}"


if __name__ == "__main__":
    sys.exit(main())
