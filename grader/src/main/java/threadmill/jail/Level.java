package threadmill.jail;

/** How well a submission is confined, strongest first; written into every report. */
public enum Level {
  /** Own namespaces, made by an ordinary user, with a system call filter. */
  A,
  /** As A, started by root and dropped to a private user in a cgroup. */
  A_PLUS,
  /** Own namespaces made by root, for machines that refuse them to users. */
  A_ROOT,
  /** A private user and limits, without namespaces. */
  B,
  /** A process group and limits: stops mistakes, not attackers. */
  D
}
