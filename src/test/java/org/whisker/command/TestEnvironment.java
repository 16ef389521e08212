package org.whisker.command;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;
import org.whisker.chart.file.FolderChart;
import org.whisker.cli.Main;
import org.whisker.feature.FolderCharts;
import org.whisker.job.JobContext.WhiskerHome;

/** An environment whose streams, clock and signals a test holds in its hands. */
public final class TestEnvironment {
  public static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-25T10:15:00Z"), ZoneOffset.UTC);

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Environment environment;
  private Runnable signal = () -> {};
  private boolean ended;

  public TestEnvironment(Path home) {
    this(home, CLOCK, new FolderCharts());
  }

  /** Where nobody looks at charts: drawing them takes as long as what they show. */
  public static TestEnvironment withoutCharts(Path home) {
    return withoutCharts(home, CLOCK);
  }

  public static TestEnvironment withoutCharts(Path home, Clock clock) {
    return new TestEnvironment(home, clock, (folder, files) -> {});
  }

  private TestEnvironment(Path home, Clock clock, FolderChart charts) {
    PrintStream errStream = new PrintStream(err, true, StandardCharsets.UTF_8);
    environment =
        new Environment(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            errStream,
            0,
            new WhiskerHome(home),
            clock,
            new Interrupts(errStream, handler -> signal = handler, () -> ended = true),
            charts);
  }

  public Environment environment() {
    return environment;
  }

  public int run(Function<Environment, Object> command, String... args) {
    return Main.run(args, environment, List.of(command));
  }

  public void signal() {
    signal.run();
  }

  public boolean ended() {
    return ended;
  }

  public String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  public String err() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
