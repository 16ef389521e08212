package org.whisker.feature.evolve;

import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.whisker.command.CommonOptions;
import org.whisker.command.Environment;
import org.whisker.job.JobContext;

/**
 * Shows how runs go: their progress and a small picture, one of each however many go together.
 *
 * @param previewed whether the picture is wanted
 */
record RunDisplays(
    Environment environment, CommonOptions common, boolean previewed, LongSupplier nanoTime)
    implements RunListeners {
  @Override
  public Supplier<RunListener> begin(EvolvePlan plan, int left, int together) {
    JobContext context = environment.context(common);
    Supplier<? extends RunListener> progress = RunListeners.of(context).begin(plan, left, together);
    if (!previewed || common.quiet() || !Preview.possible(environment)) {
      return progress::get;
    }
    BestPreview preview = new BestPreview(new Preview(environment.err(), nanoTime));
    return () -> new RunDisplay(progress.get(), preview.lane());
  }
}
