package org.whisker.chart.evolve;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** An animated GIF in memory that loops indefinitely. The JDK encodes the frames. */
final class GifBuilder {
  private static final String FORMAT = "javax_imageio_gif_image_1.0";
  private static final byte[] FOREVER = {1, 0, 0};

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes);
  private final ImageWriter writer;
  private boolean first = true;

  GifBuilder() throws IOException {
    var writers = ImageIO.getImageWritersByFormatName("gif");
    if (!writers.hasNext()) {
      throw new IOException("this JDK writes no GIF");
    }
    writer = writers.next();
    writer.setOutput(out);
    writer.prepareWriteSequence(null);
  }

  /**
   * Appends a frame.
   *
   * @param image an image with a palette
   * @param delay duration of the frame in hundredths of a second
   */
  void add(BufferedImage image, int delay) throws IOException {
    IIOMetadata metadata = writer.getDefaultImageMetadata(new ImageTypeSpecifier(image), null);
    IIOMetadataNode root = (IIOMetadataNode) metadata.getAsTree(FORMAT);
    IIOMetadataNode control = child(root, "GraphicControlExtension");
    control.setAttribute("disposalMethod", "none");
    control.setAttribute("userInputFlag", "FALSE");
    control.setAttribute("transparentColorFlag", "FALSE");
    control.setAttribute("delayTime", Integer.toString(delay));
    control.setAttribute("transparentColorIndex", "0");
    if (first) {
      loop(root);
      first = false;
    }
    metadata.setFromTree(FORMAT, root);
    writer.writeToSequence(new IIOImage(image, null, metadata), null);
  }

  byte[] finish() throws IOException {
    writer.endWriteSequence();
    out.close();
    writer.dispose();
    return bytes.toByteArray();
  }

  /** The looping extension of Netscape 2.0, which all viewers support. */
  private static void loop(IIOMetadataNode root) {
    IIOMetadataNode extension = new IIOMetadataNode("ApplicationExtension");
    extension.setAttribute("applicationID", "NETSCAPE");
    extension.setAttribute("authenticationCode", "2.0");
    extension.setUserObject(FOREVER);
    child(root, "ApplicationExtensions").appendChild(extension);
  }

  private static IIOMetadataNode child(IIOMetadataNode root, String name) {
    for (int i = 0; i < root.getLength(); i++) {
      if (root.item(i).getNodeName().equals(name)) {
        return (IIOMetadataNode) root.item(i);
      }
    }
    IIOMetadataNode child = new IIOMetadataNode(name);
    root.appendChild(child);
    return child;
  }
}
