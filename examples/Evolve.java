import java.io.IOException;
import java.nio.file.Path;
import org.whisker.Whisker;
import org.whisker.evolution.result.RunSummary;
import org.whisker.feature.evolve.EvolveConfig;
import org.whisker.feature.evolve.EvolveJob.EvolveResult;
import org.whisker.image.BlackPixels;
import org.whisker.job.ScoringConfig;

/** Evolves black-pixel cats. Arguments: HOME MODEL OUT RUNS GENERATIONS. */
public final class Evolve {
  private Evolve() {}

  public static void main(String[] args) throws IOException {
    int generations = Integer.parseInt(args[4]);
    EvolveConfig config =
        EvolveConfig.of(args[1])
            .withRuns(Integer.parseInt(args[3]))
            .withSearch(search -> search.withGenerations(generations))
            .withScoring(ScoringConfig.float32());
    EvolveResult result = Whisker.open(Path.of(args[0])).evolve(config, Path.of(args[2]));
    for (RunSummary run : result.runs()) {
      RunSummary.Numbers best = run.numbers().orElseThrow();
      BlackPixels image = result.best(run.run());
      System.out.printf("run %d: p(target) %.3f, ", run.run(), best.catProbability());
      System.out.printf("%d pixels, E %.3f%n", image.count(), best.edgeIndex().orElse(Double.NaN));
    }
  }
}
