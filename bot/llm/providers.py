"""Which providers may be asked: the practice's list, and whether an agreement on health information was declared.

A server on the loopback address is in-house: what it is asked leaves the machine no more than the program's own memory
does, so it needs neither a place on the list nor an agreement.
"""

import ipaddress
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from bot.errors import OperatorError

WithoutBaa = Literal["redacted", "refuse"]
"""What a listed provider with no agreement declared gets: redacted text, or nothing."""

_ENTRY = re.compile(r"([a-z][a-z0-9_]*)(?::([^\s,+]+))?(\+baa)?")
# Where each provider's client looks for its server; the last is what it takes when nothing is set.
_ADDRESSES: Mapping[str, tuple[tuple[str, ...], str]] = {
    "openai": (("OPENAI_BASE_URL", "OPENAI_API_BASE"), ""),
    "anthropic": (("ANTHROPIC_BASE_URL", "ANTHROPIC_API_URL"), ""),
    "azure_openai": (("AZURE_OPENAI_ENDPOINT",), ""),
    "ollama": (("OLLAMA_HOST",), "127.0.0.1:11434"),
}


@dataclass(frozen=True)
class Standing:
    """How a provider stands: in-house, or outside with an agreement declared or without."""

    provider: str
    in_house: bool
    agreement: bool

    def __str__(self) -> str:
        if self.in_house:
            return "in-house"
        return "agreement (BAA) declared" if self.agreement else "no agreement (BAA) declared: redacted text only"


@dataclass(frozen=True)
class _Entry:
    provider: str
    model: str
    agreement: bool

    def covers(self, provider: str, model: str) -> bool:
        return self.provider == provider and self.model in ("", model)


def parse_providers(listed: str) -> tuple[_Entry, ...]:
    """The entries of `LLM_PROVIDERS`: `provider` or `provider:model`, each perhaps with `+baa`. Raises ValueError."""
    entries = []
    for word in listed.replace(",", " ").split():
        hit = _ENTRY.fullmatch(word)
        if hit is None:
            raise ValueError(f"{word!r} is not provider, provider:model or either with +baa")
        entries.append(_Entry(hit[1], hit[2] or "", bool(hit[3])))
    return tuple(entries)


def standing(llm_model: str, listed: str, without_baa: WithoutBaa) -> Standing:
    """How the provider of `llm_model` stands; raises OperatorError where it may not be asked at all."""
    provider, _, model = llm_model.strip().partition(":")
    if _is_in_house(provider):
        return Standing(provider, in_house=True, agreement=False)
    entries = [entry for entry in parse_providers(listed) if entry.covers(provider, model)]
    if not entries:
        raise OperatorError(
            f"LLM_MODEL asks for {llm_model.strip()}, which is not in LLM_PROVIDERS: add {provider}+baa once an "
            "agreement (BAA) with it covers health information. See docs/models.md."
        )
    agreement = any(entry.agreement for entry in entries)
    if not agreement and without_baa == "refuse":
        raise OperatorError(
            f"LLM_MODEL asks for {llm_model.strip()}, for which LLM_PROVIDERS declares no agreement (BAA): write "
            f"{provider}+baa once there is one, or set LLM_WITHOUT_BAA=redacted to send it redacted text. "
            "See docs/models.md."
        )
    return Standing(provider, in_house=False, agreement=agreement)


def _is_in_house(provider: str) -> bool:
    variables, default = _ADDRESSES.get(provider, ((), ""))
    said = next((os.environ[name] for name in variables if os.environ.get(name, "").strip()), default).strip()
    if not said:
        return False
    host = urlsplit(said if "//" in said else f"//{said}").hostname or ""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
