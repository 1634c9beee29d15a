"""Every setting, in one class, read from the environment and checked at start-up."""

import platform
import re
from pathlib import Path
from typing import Literal

from platformdirs import user_data_path
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.errors import OperatorError

_SHORTEST_KEY = 32
_PEOPLE = r"^\s*([UWS][A-Z0-9]+([\s,]+|$))*$"
_TEAMS = r"^\s*([TE][A-Z0-9]+([\s,]+|$))*$"
_LEAD = r"^\s*([UWS][A-Z0-9]+)?\s*$"
_WORDS = {
    _PEOPLE: "must be ids, U… of people and S… of user groups, with commas",
    _TEAMS: "must be ids, T… of workspaces and E… of organisations, with commas",
    _LEAD: "must be one id, U… of a person or S… of a user group",
}
"""What a pattern asks for, to whoever reads no patterns."""


def _data_dir() -> Path:
    """`.data` of the checkout the program runs from, as `make` has it; the user's data folder for an installed one."""
    checkout = Path(__file__).resolve().parents[1]
    return checkout / ".data" if (checkout / "pyproject.toml").is_file() else user_data_path("billing-copilot")


_SECRETS = Path("/run/secrets")
"""Where Docker and its like lay secrets, a file each."""


class Settings(BaseSettings):
    """Each field is an environment variable of the same name in capitals; docs/settings.md lists them.

    What no variable says may stand in a file of the field's name, where a container is handed its secrets.
    """

    model_config = SettingsConfigDict(extra="ignore", frozen=True)

    slack_bot_token: SecretStr | None = Field(None, description="Bot token (xoxb-...) of the Slack app.")
    slack_app_token: SecretStr | None = Field(None, description="App-level token (xapp-...) for Socket Mode.")
    slack_signing_secret: SecretStr | None = Field(None, description="Signing secret, for HTTP delivery.")
    slack_client_id: str = Field(
        "", description="Client id of the Slack app, to serve every workspace that installs it."
    )
    slack_client_secret: SecretStr | None = Field(None, description="Client secret, likewise.")
    slack_api_url: str = Field(
        "https://slack.com/api/", description="Where both Slack clients send their calls: any Slack-compatible server."
    )
    llm_model: str = Field("", description="LangChain's provider:model; empty means no model at all.")
    llm_providers: str = Field(
        "",
        pattern=r"^\s*([a-z][a-z0-9_]*(:[^\s,+]+)?(\+baa)?([\s,]+|$))*$",
        description="Providers that may be asked: provider or provider:model, +baa where an agreement is declared.",
    )
    llm_without_baa: Literal["redacted", "refuse"] = Field(
        "refuse", description="What a listed provider with no agreement declared gets: redacted text, or nothing."
    )
    llm_timeout_seconds: float = Field(30.0, gt=0, description="How long one model call may take.")
    llm_review_seconds: float = Field(60.0, gt=0, description="How long a whole review may wait for the model.")
    llm_max_tokens: int = Field(8_000, ge=500, description="The longest reply a model may give, reasoning included.")
    chroma_url: str = Field("", description="A Chroma server; empty means the embedded store in DATA_DIR.")
    database_url: SecretStr = Field(
        SecretStr(""), description="SQLAlchemy URL, its password included; empty means SQLite in DATA_DIR."
    )
    migrate_on_start: bool = Field(
        True, description="Whether a start brings the tables at DATABASE_URL up to date, or refuses older ones."
    )
    data_dir: Path = Field(
        default_factory=_data_dir,
        description="Where the index and the state are kept.",
    )
    fingerprint_key: SecretStr = Field(
        SecretStr(""),
        description="Secret of the fingerprints of reviewed notes; empty means a secret.key made in DATA_DIR.",
    )
    fingerprint_days: int = Field(
        90, ge=0, le=3650, description="How long fingerprints of reviewed notes are kept; 0 keeps none."
    )
    work_key: SecretStr = Field(
        SecretStr(""),
        description="Secrets that seal stored work, with commas: the first seals, all open; empty means a work.key "
        "made in DATA_DIR.",
    )
    work_hours: float = Field(24.0, gt=0, le=720, description="How long work that cannot be done is kept and tried.")
    work_at_once: int = Field(32, ge=1, le=64, description="How many answers and reviews one process makes at once.")
    replica: str = Field(
        default_factory=platform.node,
        pattern=r"^[\w.-]{1,100}$",
        description="Name of this process among replicas on one PostgreSQL.",
    )
    slack_baa: bool = Field(
        False, description="The admin's statement that a BAA with Slack covers this workspace's messages and files."
    )
    allowed_teams: str = Field(
        "", pattern=_TEAMS, description="Ids of the only workspaces or organisations that are served; empty means all."
    )
    admins: str = Field(
        "", pattern=_PEOPLE, description="Who is an admin, beside the workspace's own admins and owners."
    )
    role_billers: str = Field("", pattern=_PEOPLE, description="Who is a biller: user ids and user groups' ids.")
    role_clinicians: str = Field("", pattern=_PEOPLE, description="Who is a clinician, likewise.")
    role_learners: str = Field("", pattern=_PEOPLE, description="Who is a learner, likewise.")
    role_default: str = Field(
        "",
        pattern="^(|biller|clinician|learner|none)$",
        description="The role of everybody else; empty means biller while nobody is named, else clinician.",
    )
    billing_lead: str = Field("", pattern=_LEAD, description="Whom “Ask a person” calls: a user's or user group's id.")
    audit_record: bool = Field(True, description="Whether what the copilot does is put on the audit record.")
    audit_days: int = Field(
        2190, ge=1, le=36_500, description="How long entries of the audit record are kept (six years: 45 CFR 164.316)."
    )
    audit_key: SecretStr = Field(
        SecretStr(""),
        description="Secrets that chain the audit record, with commas: the first makes marks, all check; empty means "
        "an audit.key made in DATA_DIR.",
    )
    audit_user: str = Field(
        "",
        pattern=r"^([A-Za-z0-9][A-Za-z0-9_.@-]{0,59})?$",
        description="Who is on record for commands; empty means the operating system's user.",
    )
    workspace_port: int = Field(3153, ge=0, le=65535, description="Port of the local workspace; 0 picks a free one.")
    health_port: int = Field(0, ge=0, le=65535, description="Port of /healthz, /readyz and /metrics; 0 opens none.")
    health_host: str = Field("127.0.0.1", min_length=1, description="Address on which HEALTH_PORT is opened.")
    log_level: str = Field("warning", pattern="(?i)^(debug|info|warning|error)$", description="How much is logged.")
    log_format: str = Field("plain", pattern="^(plain|json)$", description="How a log line is written.")

    @field_validator("slack_api_url")
    @classmethod
    def _is_http_url(cls, url: str) -> str:
        if not url.startswith(("http://", "https://")):
            raise ValueError("must start with http:// or https://")
        return url if url.endswith("/") else url + "/"

    @field_validator("fingerprint_key")
    @classmethod
    def _is_long_enough(cls, key: SecretStr) -> SecretStr:
        if key.get_secret_value() and len(key.get_secret_value()) < _SHORTEST_KEY:
            raise ValueError(f"must have at least {_SHORTEST_KEY} characters")
        return key

    @field_validator("work_key", "audit_key")
    @classmethod
    def _are_long_enough(cls, keys: SecretStr) -> SecretStr:
        if any(len(key) < _SHORTEST_KEY for key in _separate(keys)):
            raise ValueError(f"each key must have at least {_SHORTEST_KEY} characters")
        return keys

    @property
    def work_keys(self) -> tuple[str, ...]:
        """The secrets in WORK_KEY, the one that seals first."""
        return _separate(self.work_key)

    @property
    def audit_keys(self) -> tuple[str, ...]:
        """The secrets in AUDIT_KEY, the one that makes marks first."""
        return _separate(self.audit_key)

    @property
    def allowed_team_ids(self) -> tuple[str, ...]:
        """The ids in ALLOWED_TEAMS."""
        return _ids(self.allowed_teams)

    @property
    def roles(self) -> dict[str, tuple[str, ...]]:
        """The ids of people and user groups by role."""
        return {
            "admin": _ids(self.admins),
            "biller": _ids(self.role_billers),
            "clinician": _ids(self.role_clinicians),
            "learner": _ids(self.role_learners),
        }

    @property
    def default_role(self) -> str:
        """The role of who is named nowhere, or "none"; a practice that named nobody is small, and all bill."""
        is_small = not (self.role_billers or self.role_clinicians or self.role_learners)
        return self.role_default or ("biller" if is_small else "clinician")

    @property
    def is_multi_workspace(self) -> bool:
        """True where workspaces install the app themselves, instead of one whose token is given."""
        return bool(self.slack_client_id and self.slack_client_secret)

    @property
    def joins_slack(self) -> bool:
        """True when both tokens are set, so that `run` joins a Slack workspace instead of opening its own."""
        return bool(self.slack_bot_token and self.slack_app_token)


def _ids(named: str) -> tuple[str, ...]:
    return tuple(named.replace(",", " ").split())


def _separate(keys: SecretStr) -> tuple[str, ...]:
    return tuple(key.strip() for key in keys.get_secret_value().split(",") if key.strip())


def load_settings() -> Settings:
    """Read the environment; raises OperatorError naming the variable and the reason."""
    try:
        return Settings(_secrets_dir=_SECRETS if _SECRETS.is_dir() else None)
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"]).upper()
        pattern = first.get("ctx", {}).get("pattern", "")
        reason = _in_words(pattern) if pattern else first["msg"]
        raise OperatorError(f"Setting {name}: {reason}. See docs/settings.md.") from None


def _in_words(pattern: str) -> str:
    """What a setting must be that does not fit its pattern; a choice is read from the pattern itself."""
    choice = re.fullmatch(r"(?:\(\?i\))?\^\(\|?([\w|]+)\)\$", pattern)
    if not choice:
        return _WORDS.get(pattern, "has another form than this setting takes")
    *others, last = choice[1].split("|")
    return f"must be {', '.join(others)} or {last}"
