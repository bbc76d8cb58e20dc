import time
from tests.world import *
def test_x(world):
    t=time.time();
    o=world.buy(line("TEA", 60), line("85123A", 40, 2), number="A1"); print(o.slip)
    print(world.bring_back(line("TEA",1), of="A1").slip)
    print(world.buy(number="A2"))
    world.spend(50, number="A2")
    print(world.bring_back(of="A2").slip)
    print(time.time()-t)
    t=time.time();
    print(world.differences(), time.time()-t)
    print(world.rows())
import pytest
@pytest.mark.parametrize("n", range(10))
def test_y(world, n): pass
