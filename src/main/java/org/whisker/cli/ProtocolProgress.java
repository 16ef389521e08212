package org.whisker.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.whisker.explain.ModelFindings;
import org.whisker.explain.Protocol;
import org.whisker.report.ExplanationFiles;

/** Shows a bar for each step of the protocol, and writes a model's files as soon as it is done. */
final class ProtocolProgress implements Protocol.Listener, AutoCloseable {
  private final Environment environment;
  private final CommonOptions common;
  private final Path folder;
  private @Nullable Progress bar;

  ProtocolProgress(Environment environment, CommonOptions common, Path folder) {
    this.environment = environment;
    this.common = common;
    this.folder = folder;
  }

  @Override
  public void onStep(String what, long units) {
    close();
    bar = Progress.start(environment, common, what, units);
  }

  @Override
  public void onProgress(long done, String message) {
    if (bar != null) {
      bar.extraMessage(message);
      bar.stepTo(done);
    }
  }

  @Override
  public void onModel(ModelFindings findings) {
    close();
    try {
      ExplanationFiles.model(folder, findings);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
