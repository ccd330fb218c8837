from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from launch_kits.slack.outbound.results import Results


def test_results_are_counted_by_their_kind():
    results = Results()
    results.count("sent")
    results.count("sent", 2)
    results.count("edited", 0)
    assert (results.counts["sent"], results.counts["edited"]) == (3, 0)
    assert results.counts["dead"] == 0


def test_problems_keep_their_order():
    results = Results()
    results.problem("the token is refused")
    results.problem("a message is too long")
    assert results.problems == ["the token is refused", "a message is too long"]


def test_no_count_of_many_threads_is_lost():
    results = Results()

    def work(number: int) -> None:
        for _ in range(200):
            results.count("sent")
        results.problem(str(number))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(40)))
    assert results.counts == {"sent": 8000}
    assert sorted(map(int, results.problems)) == list(range(40))
