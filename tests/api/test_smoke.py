from tests.people import *
def test_it(world):
    v = world.report()
    print(v)
    r = world.get(WANG, f"/cases/{v['id']}"); print(r.json())
    assert r.status_code==200
    print(world.get(WANG, "/cases").text[:300])
    print(world.step(WANG, v['id'], "accept").text[:500])
    print(world.get(WANG, f"/cases/{v['id']}/entries").text[:800])
    print(world.get(WANG, f"/cases/{v['id']}/deadlines").text[:1800])
    c,t = world.sealed_result()
    print(world.get(LI, f"/cases/{t}").text)
    assert 0
