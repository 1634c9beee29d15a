"""An uploaded file's bytes, read into memory: what people upload never touches the disk."""

from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request


class _InMemory(MultiPartParser):
    """Starlette spools parts over 1 MB to a temporary file; this one never does."""

    spool_max_size = 2**40


async def file_bytes(request: Request, limit: int) -> bytes | None:
    """The raw body, or the first file of a multipart form (Slack takes both); None when it exceeds `limit`."""
    if int(request.headers.get("content-length") or 0) > limit + 4096:
        return None
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        return await request.body()
    try:
        form = await _InMemory(request.headers, request.stream()).parse()
    except MultiPartException:
        return None
    files = [value for value in form.values() if isinstance(value, UploadFile)]
    return await files[0].read() if files else None


async def form_fields(request: Request) -> dict[str, str]:
    """The text fields of a multipart form (slack-sdk sends some calls so)."""
    try:
        form = await _InMemory(request.headers, request.stream()).parse()
    except MultiPartException:
        return {}
    return {name: value for name, value in form.items() if isinstance(value, str)}
