import java.io.IOException;
import java.nio.file.Path;
import org.whisker.Whisker;
import org.whisker.explain.Finding;
import org.whisker.feature.explain.ExplainConfig;
import org.whisker.feature.explain.ExplainJob.ExplainResult;

/** Tests all hypotheses of the quick budget. Arguments: HOME MODEL OUT RUNS IMAGES. */
public final class Explain {
  private Explain() {}

  public static void main(String[] args) throws IOException {
    int runs = Integer.parseInt(args[3]);
    long images = Long.parseLong(args[4]);
    ExplainConfig config = ExplainConfig.of(args[1]).withRuns(runs, images);
    ExplainResult result = Whisker.open(Path.of(args[0])).explain(config, Path.of(args[2]));
    for (Finding finding : result.findings()) {
      System.out.printf("%s: %s%n", finding.hypothesis(), finding.sentence());
    }
    System.out.println(result.folder().resolve("index.html"));
  }
}
