package toys.box;

import org.junit.jupiter.api.Test;
import threadmill.harness.CheckId;
import threadmill.harness.Contract;
import threadmill.harness.Crew;
import threadmill.model.Kind;

@Contract
class BoxTest {
  @Test
  @CheckId(value = "B1", limitSeconds = 30)
  void it_counts_from_one(Crew crew) {
    Box box = crew.make("new Box()", Box::new);
    for (int expected = 1; expected <= 3; expected++) {
      int number = crew.answer("next()", box::next);
      if (number != expected) {
        throw crew.failure(Kind.CONTRACT, "next() is " + number + ", not " + expected);
      }
    }
  }
}
