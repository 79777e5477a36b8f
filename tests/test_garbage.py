"""The garbage collector rests during a check, and is as it was before once the last one ends."""

import gc
from threading import Barrier, Thread

import pytest

import hedui
from hedui import garbage


def test_it_rests_until_the_last_of_several_is_done() -> None:
    with garbage.at_rest():
        with garbage.at_rest():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_stays_off_where_it_was_off() -> None:
    gc.disable()
    try:
        with garbage.at_rest():
            assert not gc.isenabled()
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_it_goes_on_after_an_error() -> None:
    with pytest.raises(ZeroDivisionError), garbage.at_rest():
        _ = 1 / 0
    assert gc.isenabled()


def test_threads_that_check_at_the_same_time_leave_it_on() -> None:
    start = Barrier(4)

    def check() -> None:
        start.wait()
        for _ in range(5):
            hedui.check(text="2023年度公务接待费支出3.00万元，比上年增加1.00万元，增长40%。")

    threads = [Thread(target=check) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert gc.isenabled()
