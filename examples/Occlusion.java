import java.io.IOException;
import java.nio.file.Path;
import org.whisker.Whisker;
import org.whisker.feature.saliency.OcclusionConfig;
import org.whisker.feature.saliency.SaliencyConfig;
import org.whisker.saliency.result.SaliencyFolder.FolderMap;

/** Occludes an image, window by window. Arguments: HOME MODEL IMAGE OUT WINDOW STRIDE. */
public final class Occlusion {
  private Occlusion() {}

  public static void main(String[] args) throws IOException {
    int window = Integer.parseInt(args[4]);
    int stride = Integer.parseInt(args[5]);
    SaliencyConfig config =
        SaliencyConfig.of(args[1], args[2])
            .withMethods("occlusion")
            .withOcclusion(OcclusionConfig.standard().withWindow(window, window, stride));
    Whisker whisker = Whisker.open(Path.of(args[0]));
    FolderMap map = whisker.saliency(config, Path.of(args[3])).read().get(0);
    float[] values = map.map().values();
    System.out.printf("%d values in %s; %s%n", values.length, map.map().unit(), map.row().sign());
    System.out.printf("p(target) %.3f; the map: %s%n", map.row().pTarget(), map.png());
  }
}
