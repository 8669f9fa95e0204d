package processes.launcher;

/** One write of a child: so many zero bytes to its descriptor 1 or 2. */
record Write(int descriptor, int bytes) {
  String command() {
    return "head -c " + bytes + " /dev/zero >&" + descriptor;
  }

  @Override
  public String toString() {
    return bytes + " bytes to " + (descriptor == 1 ? "stdout" : "stderr");
  }
}
