"""Clients of Slack's Web API, and the way round a proxy to a server on this computer.

slack_sdk takes HTTPS_PROXY for every address and does not look at NO_PROXY; the local workspace behind
such a setting would be looked for on the proxy's side.
"""

import os
from logging import Logger
from typing import Any
from urllib.parse import urlsplit

from slack_sdk import WebClient
from slack_sdk.http_retry.builtin_handlers import ConnectionErrorRetryHandler, RateLimitErrorRetryHandler
from slack_sdk.http_retry.request import HttpRequest
from slack_sdk.http_retry.response import HttpResponse
from slack_sdk.http_retry.state import RetryState
from slack_sdk.web import SlackResponse
from slack_sdk.webhook import WebhookClient

from bot.turns import waiting

LOOPBACK = ("localhost", "127.0.0.1", "::1")


def is_loopback(url: str) -> bool:
    """True for an address on this computer."""
    return urlsplit(url).hostname in LOOPBACK


def is_slacks(url: str, base_url: str) -> bool:
    """Whether the bot token may go to this address: Slack's own hosts, or the server that SLACK_API_URL names."""
    try:
        target, base = urlsplit(url), urlsplit(base_url)
        same = (target.hostname, target.port) == (base.hostname, base.port)
    except ValueError:  # no address at all, or a port that is none
        return False
    if target.scheme == "http":
        return same and base.scheme == "http" and is_loopback(base_url)
    if target.scheme != "https" or not target.hostname:
        return False
    slack = base.hostname == "slack.com" or str(base.hostname).endswith(".slack.com")
    return same or (slack and (target.hostname == "slack.com" or target.hostname.endswith(".slack.com")))


def takes_answers(url: str, base_url: str) -> bool:
    """Whether a response_url is one that Slack gives out: not a stranger's server, nor anybody's incoming webhook."""
    if not (is_slacks(url, base_url) or is_slacks(url, "https://slack.com/api/")):
        return False
    return not urlsplit(url).path.startswith(("/services", "/workflows", "/triggers"))


class _RetryUnlessSaid(ConnectionErrorRetryHandler):
    """Slack may have taken a message whose acknowledgement was cut off: sent again blindly, it would stand twice."""

    _SAID = ("chat.postMessage", "chat.postEphemeral", "chat.startStream", "chat.appendStream")

    def _can_retry(
        self,
        *,
        state: RetryState,
        request: HttpRequest,
        response: HttpResponse | None = None,
        error: Exception | None = None,
    ) -> bool:
        if request.url.endswith((*self._SAID, "files.completeUploadExternal")):
            return False
        return super()._can_retry(state=state, request=request, response=response, error=error)


class Client(WebClient):
    """A client whose user gives up its turn to compute until Slack answers."""

    def api_call(self, *args: Any, **kwargs: Any) -> SlackResponse:
        with waiting():
            return super().api_call(*args, **kwargs)


def web_client(token: str, api_url: str, logger: Logger) -> WebClient:
    """A client that waits when Slack asks it to slow down."""
    client = Client(
        token,
        base_url=api_url,
        logger=logger,
        retry_handlers=[_RetryUnlessSaid(), RateLimitErrorRetryHandler(max_retry_count=3)],
    )
    if is_loopback(api_url):
        client.proxy = None
        _no_proxy_here()
    return client


def for_request(made: WebClient, like: WebClient) -> WebClient:
    """Bolt makes a client for each request, which reads the proxy settings anew: one of ours in its place."""
    client = Client(
        made.token,
        made.base_url,
        made.timeout,
        made.ssl,
        headers=made.headers,
        team_id=made.default_params.get("team_id"),
        logger=made._logger,
        retry_handlers=made.retry_handlers,
    )
    client.proxy = like.proxy
    return client


def webhook_client(url: str, like: WebClient) -> WebhookClient:
    """A client for a response_url, on the same way out as `like`."""
    client = WebhookClient(url, ssl=like.ssl, proxy=like.proxy, logger=like._logger)
    client.proxy = like.proxy
    return client


def _no_proxy_here() -> None:
    """Beneath slack_sdk, urllib reads the environment: a lower-case name goes before an upper-case one."""
    for name in ("NO_PROXY", "no_proxy"):
        named = [part for part in os.environ.get(name, "").split(",") if part]
        os.environ[name] = ",".join([*named, *(host for host in LOOPBACK if host not in named)])
