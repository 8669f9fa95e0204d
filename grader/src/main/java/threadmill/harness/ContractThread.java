package threadmill.harness;

/**
 * A daemon thread of the contract's own, which is not counted as the submission's whoever makes it:
 * for what stands outside the program under test, such as a server that it talks to.
 */
public final class ContractThread extends Thread {
  public ContractThread(Runnable work, String name) {
    super(new ThreadGroup("contract"), work, name);
    setDaemon(true);
  }
}
