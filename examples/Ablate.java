import java.io.IOException;
import java.nio.file.Path;
import org.whisker.Whisker;
import org.whisker.ablation.AblationResult;
import org.whisker.ablation.result.EffectRow;
import org.whisker.feature.ablate.AblateConfig;

/** Takes a suspected cause away. Arguments: HOME MODEL EXPERIMENT OUT RUNS IMAGES. */
public final class Ablate {
  private Ablate() {}

  public static void main(String[] args) throws IOException {
    int runs = Integer.parseInt(args[4]);
    long images = Long.parseLong(args[5]);
    AblateConfig config = AblateConfig.of(args[1], args[2]).withRuns(runs, images);
    Whisker whisker = Whisker.open(Path.of(args[0]));
    for (AblationResult result : whisker.ablate(config, Path.of(args[3])).results()) {
      EffectRow.of(result).stream().filter(EffectRow::decisive).forEach(Ablate::print);
    }
  }

  private static void print(EffectRow effect) {
    System.out.printf("%s against %s: ", effect.comparison(), effect.against());
    double difference = effect.difference().orElse(Double.NaN);
    String verdict = effect.verdict().isEmpty() ? "withheld" : effect.verdict();
    System.out.printf("%s %+.3f, %s%n", effect.measure(), difference, verdict);
  }
}
