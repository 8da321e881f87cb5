def test_a(counter):
    c = counter.confirming()
    assert counter.piece(c).state == "confirming"
    assert counter.whole()
def test_b(counter):
    c = counter.confirming()
def test_c(counter):
    c = counter.confirming()
