package org.whisker.chart.file;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.whisker.chart.kit.Drawing;

/** PNG on white, with its origin as text, and in print its size. */
final class PngFile {
  private static final String FORMAT = "javax_imageio_png_1.0";

  /** Pixels per 1/96 inch: on screens, and in print (600 per inch, as journals ask for lines). */
  private static final int SCREEN = 2;

  private static final double PRINT = 600 / 96.0;
  private static final long PER_METRE = Math.round(600 / 0.0254);

  private PngFile() {}

  static byte[] bytes(Page page, Origin origin) throws IOException {
    double zoom = page.scale() * (page.printed() ? PRINT : SCREEN);
    BufferedImage image = Drawing.raster(page.width(), page.height(), zoom, page::paint);
    ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      IIOMetadata metadata =
          writer.getDefaultImageMetadata(
              ImageTypeSpecifier.createFromRenderedImage(image), writer.getDefaultWriteParam());
      metadata.mergeTree(FORMAT, tree(origin.entries(), page.printed()));
      writer.setOutput(out);
      writer.write(new IIOImage(image, null, metadata));
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  private static IIOMetadataNode tree(Map<String, String> entries, boolean printed) {
    IIOMetadataNode root = new IIOMetadataNode(FORMAT);
    if (printed) {
      root.appendChild(
          node(
              "pHYs",
              Map.of(
                  "pixelsPerUnitXAxis", Long.toString(PER_METRE),
                  "pixelsPerUnitYAxis", Long.toString(PER_METRE),
                  "unitSpecifier", "meter")));
    }
    IIOMetadataNode texts = new IIOMetadataNode("iTXt");
    entries.forEach((name, text) -> texts.appendChild(text(name, text)));
    if (texts.hasChildNodes()) {
      root.appendChild(texts);
    }
    return root;
  }

  private static IIOMetadataNode text(String name, String text) {
    return node(
        "iTXtEntry",
        Map.of(
            "keyword", name,
            "compressionFlag", "FALSE",
            "compressionMethod", "0",
            "languageTag", "",
            "translatedKeyword", "",
            "text", text));
  }

  private static IIOMetadataNode node(String name, Map<String, String> attributes) {
    IIOMetadataNode node = new IIOMetadataNode(name);
    attributes.forEach(node::setAttribute);
    return node;
  }
}
