package org.whisker.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.whisker.cli.manual.Manuals;
import org.whisker.command.Environment;
import org.whisker.feature.FolderCharts;

/** Writes completion and manual pages, while a release is built. */
final class ReleaseManuals {
  private ReleaseManuals() {}

  /** The version, and the folder to write to. */
  public static void main(String[] args) throws IOException {
    Manuals.write(Main.parser(Environment.system(new FolderCharts())), args[0], Path.of(args[1]));
  }
}
