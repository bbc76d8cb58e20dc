import time, collections, random
from django.db import connection
from tests.world import *
from tests.concurrency.at_once import at_once
def test_zz():
    members = [f"m{place}" for place in range(12)]
    world = World(HALF_A_YEAR, members=members)
    chance = random.Random(5)
    for round_ in range(12):
        world.post(*(world.purchase(line("TEA", 50, 5), member=m, number=f"{round_}-{m}") for m in members))
        batch = [world.purchase(line("CUP", 10), member=member) for member in members]
        batch += [world.coming_back(line("TEA", 0), of=f"{round_}-{member}", member=None) for member in members]
        batch += [world.coming_back(line("TEA", 0), member=member) for member in members]
        chance.shuffle(batch)
        def act(b):
            times = []
            def send(execute, sql, params, many, context):
                t=time.perf_counter()
                try: return execute(sql, params, many, context)
                finally: times.append((round(time.perf_counter()-t,3), " ".join(sql.split())[:60]))
            t=time.perf_counter()
            with connection.execute_wrapper(send):
                world.post(*b)
            return round(time.perf_counter()-t,3), sorted(times)[-2:]
        print(round_, at_once(lambda: act(batch), lambda: act(batch[::-1])))
    from wafa.queries.verify import verify
    from wafa.queries.balances import balances
    from wafa.store import statistics
    for _ in range(2):
        t=time.perf_counter()
        for check in verify(world.merchant):
            now=time.perf_counter(); print(round(now-t,2), check.name, check.looked_at); t=now
        list(balances(world.merchant)); print("balances", time.perf_counter()-t)
        statistics.refresh()
