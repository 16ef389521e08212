package org.whisker.cli.position;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.ImageFiles;
import org.whisker.image.Raster;
import org.whisker.position.BlockProbe;
import org.whisker.position.BlockProbe.Fill;
import org.whisker.position.PairProbe;
import org.whisker.study.InvalidRequestException;
import org.whisker.study.input.Pictures;
import picocli.CommandLine.Option;

/** What is probed. */
final class ProbeOptions {
  @Option(
      names = "--image",
      paramLabel = "FILE",
      description = {
        "The picture to change; resized and cropped as score does. Default: white.",
        "With an evolved image, each of its black pixels is also removed."
      })
  private @Nullable Path image;

  @Option(
      names = "--block",
      paramLabel = "K",
      defaultValue = "1",
      description = "Change K x K pixels at once, at every position where they fit. Default: 1.")
  private int block = 1;

  @Option(
      names = "--mode",
      paramLabel = "M",
      description = {
        "add (make black), remove (make white) or both.",
        "Default: add on white, both on an image. Pixels that already have the new colour are"
            + " skipped."
      })
  private @Nullable String mode;

  @Option(
      names = "--pairs",
      paramLabel = "N",
      defaultValue = "0",
      description = {
        "Also change N pairs of each kind (edge, centre, mixed) and measure how far their"
            + " effects are from additive. Conclusions need at least 30. Default: 0, none."
      })
  private int pairs;

  int pairs() {
    if (pairs < 0 || pairs == 1) {
      throw new InvalidRequestException("--pairs must be 0 or at least 2, was " + pairs);
    }
    return pairs;
  }

  /**
   * The pairs to measure, drawn from this probe's places.
   *
   * @throws InvalidRequestException when the picture has too few of them
   */
  Optional<PairProbe> pairs(BlockProbe probe, RandomGenerator random) {
    return pairs() == 0
        ? Optional.empty()
        : Optional.of(InvalidRequestException.check(() -> new PairProbe(probe, pairs, random)));
  }

  /**
   * The probes: to black, to white, or both.
   *
   * @throws InvalidRequestException for an impossible block or mode, or when there is nothing to
   *     change
   */
  List<BlockProbe> probes(Canvas canvas) throws IOException {
    List<Fill> fills = fills();
    Raster base = base(canvas);
    List<BlockProbe> probes = new ArrayList<>();
    for (Fill fill : fills) {
      BlockProbe probe = InvalidRequestException.check(() -> new BlockProbe(base, block, fill));
      boolean any = false;
      for (int place = 0; place < probe.places().pixels() && !any; place++) {
        any = probe.changes(place);
      }
      if (any) {
        probes.add(probe);
      }
    }
    if (probes.isEmpty()) {
      throw new InvalidRequestException(
          "--mode " + mode + " changes nothing on that picture; take another");
    }
    return probes;
  }

  private List<Fill> fills() {
    String asked = mode == null ? image == null ? "add" : "both" : mode;
    return switch (asked) {
      case "add" -> List.of(Fill.BLACK);
      case "remove" -> List.of(Fill.WHITE);
      case "both" -> List.of(Fill.BLACK, Fill.WHITE);
      default ->
          throw new InvalidRequestException(
              "--mode must be add, remove or both, was '" + mode + "'");
    };
  }

  private Raster base(Canvas canvas) throws IOException {
    return image == null
        ? BlackPixels.none(canvas)
        : Pictures.fitted(ImageFiles.readGray(image), canvas);
  }

  /** Puts what a resumed probe must share. */
  void describe(Map<String, Object> manifest, List<BlockProbe> probes, long seed) {
    manifest.put("image", image == null ? "white" : image.toString());
    manifest.put("pixels_crc32", Pictures.crc(probes.get(0).base()));
    manifest.put("block", block);
    manifest.put("modes", probes.stream().map(p -> p.fill().name()).toList());
    manifest.put("pairs", pairs());
    manifest.put("seed", seed);
  }
}
