package org.whisker.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.whisker.job.JobListener.Progress;
import picocli.CommandLine;

class ConsoleProgressTest {
  private final TestEnvironment test = new TestEnvironment(Path.of(""));

  @Test
  void plainLinesEveryHalfMinuteAndAtTheEnd() {
    AtomicLong seconds = new AtomicLong(-7);
    try (Progress progress =
        new ConsoleProgress.Lines(
            test.environment().err(), "run 1", 200, () -> seconds.get() * 1_000_000_000L)) {
      for (int step = 1; step <= 70; step++) {
        seconds.incrementAndGet();
        progress.extraMessage("p(target) 0." + step);
        progress.stepTo(step);
      }
    }
    assertEquals(
        """
        run 1 30/200 (15 %), about 3 min left p(target) 0.30
        run 1 60/200 (30 %), about 2 min left p(target) 0.60
        run 1 70/200 (35 %) p(target) 0.70
        """,
        test.err());
  }

  @Test
  void whatAResumedJobHadDoneBeforeIsNoPace() {
    AtomicLong seconds = new AtomicLong();
    Progress progress =
        new ConsoleProgress.Lines(
            test.environment().err(), "run", 1_000, () -> seconds.get() * 1_000_000_000L);
    progress.stepTo(800);
    seconds.set(60);
    progress.stepTo(801);
    seconds.set(120);
    progress.stepTo(990);
    assertEquals(
        """
        run 801/1000 (80 %), about 3 h left
        run 990/1000 (99 %), about 6 s left
        """,
        test.err());
  }

  @Test
  void nothingWhenQuiet() {
    CommonOptions quiet = CommandLine.populateCommand(new CommonOptions(), "--quiet");
    try (Progress progress = ConsoleProgress.start(test.environment(), quiet, "run", 3)) {
      progress.extraMessage("more");
      progress.stepTo(3);
    }
    assertEquals("", test.err());
  }

  @Test
  void plainWithoutATerminal() {
    try (Progress progress =
        ConsoleProgress.start(test.environment(), new CommonOptions(), "run", 4)) {
      assertInstanceOf(ConsoleProgress.Lines.class, progress);
      progress.stepTo(1);
    }
    assertEquals("run 1/4 (25 %)\n", test.err());
  }

  @Test
  void nothingHasNoShare() {
    ConsoleProgress.start(test.environment(), new CommonOptions(), "run", 0).close();
    assertEquals("", test.err());
  }

  @Test
  void aBarAsWideAsTheTerminal() {
    try (Progress progress = new ConsoleProgress.Bar(test.environment().err(), 70, "run", 8)) {
      progress.extraMessage("p(target) 0.41");
      progress.stepTo(8);
    }
    String last = test.err().stripTrailing().replaceAll("(?s).*\r", "");
    assertTrue(last.startsWith("run 100%"), last);
    assertTrue(last.contains("8/8") && last.contains("p(target) 0.41"), last);
    assertTrue(last.length() <= 70, last);
  }

  @Test
  void aMessageIsToldWhereNoStepFollows() {
    AtomicLong seconds = new AtomicLong();
    Progress progress =
        new ConsoleProgress.Lines(
            test.environment().err(), "sets", 6, () -> seconds.get() * 1_000_000_000L);
    seconds.set(20);
    progress.extraMessage("a: 90 pixels");
    seconds.set(40);
    progress.extraMessage("a: 40 pixels");
    assertEquals("sets 0/6 (0 %) a: 40 pixels\n", test.err());
  }

  @Test
  void aNarrowBarLeavesPartsOut() {
    String message = "p(target) 0.123, 14 pixels, E 0.321";
    assertEquals(message, ConsoleProgress.Bar.within(message, 40));
    assertEquals("p(target) 0.123, 14 pixels", ConsoleProgress.Bar.within(message, 30));
    assertEquals("p(target) 0.123", ConsoleProgress.Bar.within(message, 16));
    assertEquals("", ConsoleProgress.Bar.within(message, 5));
  }
}
