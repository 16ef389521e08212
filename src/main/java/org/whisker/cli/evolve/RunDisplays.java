package org.whisker.cli.evolve;

import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.whisker.cli.shared.CommonOptions;
import org.whisker.cli.shared.Environment;
import org.whisker.study.JobContext;
import org.whisker.study.evolve.EvolvePlan;
import org.whisker.study.evolve.RunListener;
import org.whisker.study.evolve.RunListeners;

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
