package org.whisker.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.whisker.cli.manual.Shell;
import org.whisker.command.Environment;
import org.whisker.feature.FolderCharts;

/** Writes completion, a script a shell, while a release is built. */
final class ReleaseCompletion {
  private ReleaseCompletion() {}

  /** The folder to write to. */
  public static void main(String[] args) throws IOException {
    Shell.write(Main.parser(Environment.system(new FolderCharts())), Path.of(args[0]));
  }
}
