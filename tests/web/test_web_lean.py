"""The pages hold little memory, however many people look at them at once."""

import threading

from anyio import to_thread
from starlette.testclient import TestClient

from monitor.web import lean
from monitor.web.app import create


def test_few_pages_are_computed_at_a_time(stand):
    app, inside, most, lock = create(stand.desk), [], [], threading.Lock()
    gate = threading.Event()

    @app.get("/held")
    def held() -> str:
        with lock:
            inside.append(1)
            most.append(len(inside))
            if len(inside) == lean.AT_ONCE:
                gate.set()
        gate.wait(timeout=20)
        with lock:
            inside.pop()
        return ""

    with TestClient(app) as browser:
        assert browser.portal.call(lambda: to_thread.current_default_thread_limiter().total_tokens) == lean.AT_ONCE
        people = [threading.Thread(target=browser.get, args=("/held",)) for _ in range(lean.AT_ONCE * 2)]
        for each in people:
            each.start()
        for each in people:
            each.join()
    assert max(most) == lean.AT_ONCE
    assert len(most) == lean.AT_ONCE * 2


def test_threads_share_memory_where_the_c_library_can():
    assert isinstance(lean.share_memory(), bool)
