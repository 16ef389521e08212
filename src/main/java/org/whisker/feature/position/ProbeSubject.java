package org.whisker.feature.position;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.ImageFiles;
import org.whisker.image.Raster;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.JobContext;
import org.whisker.job.input.PictureSize;
import org.whisker.job.input.Pictures;
import org.whisker.position.BlockProbe;
import org.whisker.position.BlockProbe.Fill;
import org.whisker.position.PairProbe;
import org.whisker.random.SplitMix64;

/**
 * What is changed: the picture, one probe a mode that changes anything in it, and pairs.
 *
 * @param pairs of the first probe's places
 */
record ProbeSubject(ProbeConfig config, List<BlockProbe> probes, Optional<PairProbe> pairs) {
  ProbeSubject {
    probes = List.copyOf(probes);
  }

  /**
   * Reads the picture.
   *
   * @throws InvalidRequestException for an impossible block, a picture with too few places for so
   *     many pairs, or when there is nothing to change
   * @throws IOException when the picture can't be read
   */
  static ProbeSubject read(ProbeConfig config, Canvas canvas, JobContext context)
      throws IOException {
    Raster base =
        config.image().isPresent()
            ? picture(config.image().get(), new PictureSize(canvas, config.resize()), context)
            : BlackPixels.none(canvas);
    List<BlockProbe> probes = new ArrayList<>();
    for (Fill fill : config.fills()) {
      BlockProbe probe =
          InvalidRequestException.check(() -> new BlockProbe(base, config.block(), fill));
      if (IntStream.range(0, probe.places().pixels()).anyMatch(probe::changes)) {
        probes.add(probe);
      }
    }
    InvalidRequestException.refuse(
        probes.isEmpty(),
        "--mode %s changes nothing on that picture; take another".formatted(mode(config)));
    return new ProbeSubject(config, probes, pairs(config, probes.get(0)));
  }

  private static Raster picture(Path file, PictureSize size, JobContext context)
      throws IOException {
    Raster read = ImageFiles.readGray(file);
    Raster fitted = size.fit(file.toString(), read);
    if (size.isResized(read)) {
      context.note(size.note(1, 1));
    }
    return fitted;
  }

  private static String mode(ProbeConfig config) {
    if (config.fills().size() > 1) {
      return "both";
    }
    return config.fills().get(0) == Fill.BLACK ? "add" : "remove";
  }

  private static Optional<PairProbe> pairs(ProbeConfig config, BlockProbe probe) {
    SplitMix64 random = SplitMix64.stream(config.seed(), "pairs", 0);
    return config.pairs() == 0
        ? Optional.empty()
        : Optional.of(
            InvalidRequestException.check(() -> new PairProbe(probe, config.pairs(), random)));
  }

  Raster base() {
    return probes.get(0).base();
  }

  /** Puts what a resumed probe must share. */
  void describe(Map<String, Object> manifest) {
    manifest.put("image", config.image().map(Path::toString).orElse("white"));
    manifest.put("pixels_crc32", Pictures.crc(base()));
    manifest.put("block", config.block());
    manifest.put("modes", probes.stream().map(probe -> probe.fill().name()).toList());
    manifest.put("pairs", config.pairs());
    manifest.put("seed", config.seed());
  }
}
