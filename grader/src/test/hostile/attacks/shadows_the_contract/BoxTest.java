package toys.box;

class BoxTest {
  void it_counts_from_one() {}
}
