package threadmill.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import threadmill.proof.AllowListPage;

/** {@code threadmill dev lists}. */
@Command(
    name = "lists",
    description = "Print what the allow-lists open and why: the page docs/allow-lists.md.",
    mixinStandardHelpOptions = true)
final class DevListsCommand implements Callable<Integer> {
  @Mixin private HomeMixin home;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    spec.commandLine().getOut().print(AllowListPage.of(home.kit()));
    spec.commandLine().getOut().flush();
    return Threadmill.PASSED;
  }
}
