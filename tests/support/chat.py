"""Chat completions on loopback: what vendors send, without a vendor."""

import json
from http.server import BaseHTTPRequestHandler
from typing import Any


class Chat(BaseHTTPRequestHandler):
    """One call; what is made of it says the class that builds on this one."""

    def do_POST(self) -> None:
        self.called(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))

    def called(self, asked: dict[str, Any]) -> None:
        """Answer a call; `asked` is what it brought."""
        raise NotImplementedError

    def reply(self, text: str, *, model: str, tokens: tuple[int, int] = (5, 7), status: int = 200) -> None:
        """Send an answer of so many tokens, of the prompt and of its own."""
        body = {
            "id": "r1",
            "object": "chat.completion",
            "created": 1,
            "model": model,
            "choices": [{"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": text}}],
            "usage": dict(zip(("prompt_tokens", "completion_tokens"), tokens, strict=True)),
        }
        said = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def log_message(self, *_: object) -> None:
        return
