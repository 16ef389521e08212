package org.whisker.feature.models;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.whisker.command.CommonOptions;
import org.whisker.command.ConsoleProgress;
import org.whisker.command.Environment;
import org.whisker.hub.HubDownload;
import org.whisker.hub.HubFile;
import org.whisker.hub.LocatedFile;
import org.whisker.job.Progress;

/** Shows how far a download is, in megabytes. */
final class FetchProgress implements HubDownload.Listener, AutoCloseable {
  private static final long MB = 1_000_000;

  private final Environment environment;
  private final CommonOptions common;
  private final HubFile file;
  private @Nullable Progress progress;

  public FetchProgress(Environment environment, CommonOptions common, HubFile file) {
    this.environment = environment;
    this.common = common;
    this.file = file;
  }

  @Override
  public void located(LocatedFile located, long kept) {
    if (progress == null) {
      if (!common.quiet()) {
        environment
            .err()
            .println(
                String.format(
                    Locale.ROOT,
                    "%s, %.1f MB, from %s%s",
                    file,
                    (double) located.bytes() / MB,
                    located.uri().getHost(),
                    kept > 0
                        ? String.format(Locale.ROOT, "; %.1f MB are here", (double) kept / MB)
                        : ""));
      }
      progress = ConsoleProgress.start(environment, common, "MB", (located.bytes() + MB - 1) / MB);
    }
    received(kept);
  }

  @Override
  public void received(long bytes) {
    if (progress != null) {
      progress.stepTo((bytes + MB - 1) / MB);
    }
  }

  @Override
  public void note(String line) {
    if (!common.quiet()) {
      environment.err().println("whisker: " + line);
    }
  }

  @Override
  public void close() {
    if (progress != null) {
      progress.close();
    }
  }
}
