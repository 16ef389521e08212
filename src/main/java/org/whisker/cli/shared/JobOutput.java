package org.whisker.cli.shared;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.whisker.study.InvalidRequestException;
import org.whisker.study.JobManifest;
import org.whisker.study.ResumableFolder.Place;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParseResult;

/**
 * The seed and the folder of a job that can be gone on with, and how it is begun or gone on with.
 */
public final class JobOutput {
  @Mixin private SeededOutput output = new SeededOutput();
  @Mixin private ResumeOption resume = new ResumeOption();

  public long seed() {
    return output.seed();
  }

  /** What the options ask for. */
  @FunctionalInterface
  public interface Asked<C> {
    /**
     * The configuration.
     *
     * @throws InvalidRequestException for what can't be
     */
    C config();
  }

  /** A job of a configuration, in a folder; the exit code. */
  @FunctionalInterface
  public interface Job<C> {
    int run(C config, Place place) throws IOException;
  }

  /**
   * Begins the job that the options ask for, or goes on with the one in the folder: its
   * configuration is the recorded one, but of a folder of an earlier whisker, which recorded none,
   * that of the options, which must then be the same again.
   *
   * @param command as users type it
   * @throws InvalidRequestException when a folder can't be gone on with, or an option contradicts
   *     it
   */
  public <C extends Record> int run(
      Environment environment,
      String command,
      ParseResult parsed,
      Class<C> type,
      Asked<C> asked,
      Job<C> job)
      throws IOException {
    Optional<Path> resumed = resume.folder();
    InvalidRequestException.refuse(
        resumed.isPresent() && output.given(), "--out and --resume exclude each other; give one");
    if (resumed.isEmpty()) {
      return job.run(asked.config(), Place.create(output.asked(), arguments(parsed)));
    }
    JobManifest before = JobManifest.open(resumed.get(), command);
    if (!before.isOlder()) {
      refuseOthers(parsed, before.arguments());
    }
    if (before.isDone()) {
      return ResumeOption.done(resumed.get(), environment);
    }
    Optional<C> recorded = before.configuration(type);
    return job.run(recorded.isPresent() ? recorded.get() : asked.config(), Place.resume(before));
  }

  private static void refuseOthers(ParseResult parsed, List<String> recorded) {
    RecordedArguments.refuseOthers(parsed, recorded);
    List<String> others = new ArrayList<>(RecordedArguments.positionals(parsed));
    others.removeAll(recorded);
    InvalidRequestException.refuse(
        !others.isEmpty(),
        "--resume takes everything from the folder's manifest; leave out "
            + String.join(" ", others));
  }

  private static List<String> arguments(ParseResult parsed) {
    List<String> arguments = new ArrayList<>(RecordedArguments.positionals(parsed));
    arguments.addAll(RecordedArguments.of(parsed));
    return arguments;
  }

  /** Says where the results are, or how the job is gone on with. */
  public static void end(Environment environment, Path folder, boolean done) {
    environment.out().println((done ? "written to " : "stopped; go on with --resume ") + folder);
  }
}
