package org.whisker.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.whisker.io.ShownText;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.JobFolder.Place;
import org.whisker.job.JobManifest;
import org.whisker.job.ResumableJob;
import org.whisker.value.IoFunction;
import org.whisker.value.IoSupplier;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

/**
 * How a command begins its job, or goes on with one.
 *
 * @param parsed what was typed
 * @param asked the configuration that the options ask for
 * @param told shows the result
 * @param whole whether a folder whose job is done has also what the command makes of its tables
 * @param done shows a folder in which nothing is left to do
 */
public record ResumableCommand<C extends Record, R>(
    Environment environment,
    ResumableJob<C, R> job,
    ParseResult parsed,
    IoSupplier<C> asked,
    IoFunction<R, Integer> told,
    Predicate<Path> whole,
    IoFunction<Path, Integer> done) {

  /** Begins the job that the options ask for. */
  public int begin(Optional<Path> out) throws IOException {
    return told.apply(job.run(asked.get(), new Place.New(out, arguments())));
  }

  /**
   * Goes on with the job in a folder; its configuration is the recorded one.
   *
   * @throws InvalidRequestException when the folder can't be gone on with, or an option contradicts
   *     it
   */
  public int resume(Path folder) throws IOException {
    JobManifest before = JobManifest.open(folder, job.command());
    refuseOthers(before.arguments());
    if (whole.test(folder) && ResumeOption.isDone(before, environment)) {
      return done.apply(folder);
    }
    return told.apply(job.resume(before));
  }

  private void refuseOthers(List<String> recorded) {
    RecordedArguments.refuseOthers(parsed, recorded);
    List<String> others = new ArrayList<>(RecordedArguments.positionals(parsed));
    others.removeAll(recorded);
    InvalidRequestException.refuse(
        !others.isEmpty(),
        "--resume takes everything from the folder's manifest; leave out "
            + String.join(" ", others));
  }

  private List<String> arguments() {
    List<String> arguments = new ArrayList<>(RecordedArguments.positionals(parsed));
    arguments.addAll(RecordedArguments.of(parsed));
    return arguments;
  }

  /** Says where the results are, or how the job is gone on with. */
  public static void end(Environment environment, Path folder, boolean done) {
    environment.out().println((done ? "written to " : "stopped; go on with --resume ") + folder);
  }

  /**
   * Going on with what was stopped. Every command keeps one contract: all comes from the folder's
   * manifest, an option that contradicts it is refused by name, and a folder that is done says so
   * and is no failure, so that a loop that tries again ends.
   */
  public static final class ResumeOption {
    public static final String NAME = "--resume";

    @Option(
        names = NAME,
        paramLabel = "DIR",
        description = "Continue an interrupted run in DIR; all else comes from its manifest.")
    private @Nullable Path resume;

    /** The folder to go on in; empty for a new job. */
    public Optional<Path> folder() {
      return Optional.ofNullable(resume);
    }

    /**
     * Whether nothing is left to do. Where the job is done, but results were changed since, these
     * are named, and it is not.
     */
    static boolean isDone(JobManifest manifest, Environment environment) throws IOException {
      List<String> changed = manifest.changed();
      changed.forEach(
          line -> environment.err().println("whisker: " + ShownText.of(line) + "; doing it again"));
      return manifest.isDone() && changed.isEmpty();
    }

    /** Says that nothing is left to do. */
    static int done(Path folder, Environment environment) {
      environment.out().println(folder + " is done; there is nothing left to do");
      return ExitCode.OK;
    }
  }
}
