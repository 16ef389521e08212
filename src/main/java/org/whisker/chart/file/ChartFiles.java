package org.whisker.chart.file;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.whisker.chart.kit.Drawing;
import org.whisker.io.AtomicFiles;
import org.whisker.io.Manifest;
import org.whisker.table.ChartFormat;
import org.whisker.table.ChartRequest;

/**
 * Writes charts.
 *
 * @param request formats and width
 * @param origin what the files say of where they come from
 */
public record ChartFiles(ChartRequest request, Origin origin) {
  /** Folders of an image of a run of an experiment of a model lie so far below the manifest. */
  private static final int FARTHEST = 5;

  /** For the charts of a folder: as its manifest asks, or that of the nearest folder above it. */
  public static ChartFiles of(Path folder) throws IOException {
    JsonNode manifest = manifest(folder);
    return manifest == null
        ? new ChartFiles(ChartRequest.standard(), Origin.unknown())
        : new ChartFiles(ChartRequest.of(manifest), Origin.of(manifest));
  }

  /** The same, for other formats, or another width. */
  public ChartFiles with(ChartRequest other) {
    return new ChartFiles(other, origin);
  }

  private static @Nullable JsonNode manifest(Path folder) throws IOException {
    @Nullable Path at = folder.toAbsolutePath().normalize();
    for (int i = 0; i < FARTHEST && at != null; i++) {
      if (Manifest.isIn(at)) {
        return Manifest.read(at);
      }
      at = at.getParent();
    }
    return null;
  }

  /** Writes {@code STEM.png} and so on, a file a format. */
  public void write(Path folder, String stem, Drawing drawing) throws IOException {
    Page page = Page.of(drawing, request.millimetres());
    for (ChartFormat format : request.formats()) {
      AtomicFiles.write(folder.resolve(stem + "." + format.extension()), bytes(page, format));
    }
  }

  private byte[] bytes(Page page, ChartFormat format) throws IOException {
    return switch (format) {
      case PNG -> PngFile.bytes(page, origin);
      case SVG -> SvgFile.bytes(page, origin);
      case PDF -> PdfFile.bytes(page, origin);
    };
  }
}
