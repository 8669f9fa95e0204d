package deadlock.philosophers;

/** The three ways out of the deadlock. */
enum Way {
  ORDERED("OrderedTable"),
  WAITER("WaiterTable"),
  BACKOFF("BackoffTable");

  private final String type;

  Way(String type) {
    this.type = type;
  }

  Table table(int seats) {
    return switch (this) {
      case ORDERED -> new OrderedTable();
      case WAITER -> new WaiterTable(seats);
      case BACKOFF -> new BackoffTable();
    };
  }

  /** The constructor's call as the student knows it. */
  String creation(int seats) {
    return "new " + type + "(" + (this == WAITER ? seats : "") + ")";
  }

  /** The call of a meal, with the name of the class. */
  String meal() {
    return type + ".dine(seat, left, right, eat)";
  }

  String type() {
    return type;
  }
}
