import java.io.IOException;
import java.nio.file.Path;
import org.whisker.Whisker;
import org.whisker.feature.position.HeatmapJob.HeatmapConfig;
import org.whisker.feature.position.HeatmapJob.HeatmapResult;
import org.whisker.position.EdgeBias;
import org.whisker.position.PixelMap;

/** Maps where evolved pixels lie. Arguments: HOME RUNS OUT, RUNS being a folder of evolve. */
public final class Heatmap {
  private Heatmap() {}

  public static void main(String[] args) throws IOException {
    HeatmapConfig config = HeatmapConfig.of(Path.of(args[1]));
    HeatmapResult result = Whisker.open(Path.of(args[0])).heatmap(config, Path.of(args[2]));
    for (HeatmapResult.Condition condition : result.conditions()) {
      EdgeBias bias = condition.maps().placement().orElseThrow().bias();
      PixelMap density = condition.maps().heatmap().density().orElseThrow();
      System.out.printf(
          "%s: E %.3f, p %.3f, ", condition.folder(), bias.edgeIndex(), bias.pValue());
      System.out.printf("density up to %.2f times that by chance%n", density.max());
    }
  }
}
