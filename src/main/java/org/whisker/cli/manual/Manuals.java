package org.whisker.cli.manual;

import java.io.IOException;
import java.nio.file.Path;
import org.whisker.io.AtomicFiles;
import picocli.CommandLine;

/** Writes what a release brings beside the program. */
public final class Manuals {
  private Manuals() {}

  /**
   * Writes {@code completion/} with a script a shell, and {@code man/man1/} with a page a command.
   *
   * @param whisker the whole parser
   */
  public static void write(CommandLine whisker, String version, Path folder) throws IOException {
    for (Shell shell : Shell.values()) {
      AtomicFiles.write(folder.resolve("completion").resolve(shell.file()), shell.script(whisker));
    }
    pages(whisker, version, folder.resolve("man/man1"));
  }

  private static void pages(CommandLine command, String version, Path folder) throws IOException {
    Path page = folder.resolve(ManPage.name(command) + ".1");
    AtomicFiles.write(page, ManPage.of(command, version));
    for (CommandLine each : command.getSubcommands().values()) {
      pages(each, version, folder);
    }
  }
}
