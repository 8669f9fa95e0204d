package threadmill.jail;

/** How well a submission is confined, strongest first; written into every report. */
public enum Level {
  /** As A, started by root and dropped to a private user, in a cgroup where that is possible. */
  A_PLUS("A+", true, true, true),
  /** Own namespaces, made by an ordinary user, with a system call filter. */
  A("A", true, true, false),
  /** Own namespaces made by root, for machines that refuse them to users; a private user. */
  A_ROOT("A-root", true, false, true),
  /** A private user and limits, without namespaces. */
  B("B", false, false, true),
  /** A process group and limits: stops mistakes, not attackers. */
  D("D", false, false, false);

  private final String words;
  private final boolean namespaces;
  private final boolean userNamespace;
  private final boolean privateUser;

  Level(String words, boolean namespaces, boolean userNamespace, boolean privateUser) {
    this.words = words;
    this.namespaces = namespaces;
    this.userNamespace = userNamespace;
    this.privateUser = privateUser;
  }

  /** As people write it. */
  public String words() {
    return words;
  }

  public boolean isAtLeast(Level wanted) {
    return compareTo(wanted) <= 0;
  }

  /** Whether what it writes, and whom it sees, is its own alone. */
  public boolean hasNamespaces() {
    return namespaces;
  }

  boolean hasUserNamespace() {
    return userNamespace;
  }

  boolean hasPrivateUser() {
    return privateUser;
  }

  @Override
  public String toString() {
    return words;
  }
}
