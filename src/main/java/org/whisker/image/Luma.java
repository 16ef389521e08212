package org.whisker.image;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;

/**
 * Gray of a decoded picture, as Pillow's mode L computes it: ITU-R 601 luma of the stored values,
 * colour profiles ignored, over white where transparent.
 */
final class Luma {
  // Pillow's integer weights for 0.299, 0.587 and 0.114; they add up to 65536.
  private static final int RED = 19595;
  private static final int GREEN = 38470;
  private static final int BLUE = 7471;
  private static final int HALF = 0x8000;

  private Luma() {}

  /** The gray of red, green and blue from 0 to 1. */
  static float of(float red, float green, float blue) {
    return (float) (((double) RED * red + (double) GREEN * green + (double) BLUE * blue) / 65536);
  }

  static GrayImage of(BufferedImage image) {
    Canvas canvas = new Canvas(image.getWidth(), image.getHeight());
    float[] gray = hasPlainSamples(image.getColorModel()) ? fromSamples(image) : fromArgb(image);
    return new GrayImage(canvas, gray);
  }

  // Stored samples are read unchanged: getRGB would convert gray from a linear colour space, apply
  // embedded profiles, and keep only 8 of 16 bits.
  private static boolean hasPlainSamples(ColorModel model) {
    int type = model.getColorSpace().getType();
    int transfer = model.getTransferType();
    return model instanceof ComponentColorModel
        && (type == ColorSpace.TYPE_GRAY || type == ColorSpace.TYPE_RGB || isInk(model))
        && (transfer == DataBuffer.TYPE_BYTE || transfer == DataBuffer.TYPE_USHORT)
        && !model.isAlphaPremultiplied();
  }

  private static boolean isInk(ColorModel model) {
    return model.getColorSpace().getType() == ColorSpace.TYPE_CMYK
        && model.getTransferType() == DataBuffer.TYPE_BYTE;
  }

  private static float[] fromSamples(BufferedImage image) {
    ColorModel model = image.getColorModel();
    Raster raster = image.getRaster();
    int width = image.getWidth();
    int colours = model.getNumColorComponents();
    int bands = model.getNumComponents();
    int top = (1 << model.getComponentSize(0)) - 1;
    float[] gray = new float[width * image.getHeight()];
    int[] row = new int[width * bands];
    for (int y = 0; y < image.getHeight(); y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
      for (int x = 0; x < width; x++) {
        int at = x * bands;
        float value =
            switch (colours) {
              case 1 -> (float) row[at] / top;
              case 3 -> luma(row, at, top);
              default -> luma(light(row, at), 0, top);
            };
        gray[y * width + x] =
            model.hasAlpha() ? overWhite(value, (float) row[at + colours] / top) : value;
      }
    }
    return gray;
  }

  /** What four inks leave of red, green and blue, as Pillow has it. */
  private static int[] light(int[] inks, int at) {
    int behindBlack = 255 - inks[at + 3];
    int[] rgb = new int[3];
    for (int i = 0; i < 3; i++) {
      int taken = inks[at + i] * behindBlack + 128;
      rgb[i] = behindBlack - (((taken >> 8) + taken) >> 8);
    }
    return rgb;
  }

  private static float luma(int[] samples, int at, int top) {
    long weighted =
        (long) samples[at] * RED + (long) samples[at + 1] * GREEN + (long) samples[at + 2] * BLUE;
    // Pillow rounds to 8 bits; deeper pictures keep their precision.
    return top == 255 ? ((weighted + HALF) >> 16) / 255f : (float) (weighted / (65536.0 * top));
  }

  private static float[] fromArgb(BufferedImage image) {
    int width = image.getWidth();
    float[] gray = new float[width * image.getHeight()];
    int[] row = new int[width];
    int[] rgb = new int[3];
    for (int y = 0; y < image.getHeight(); y++) {
      image.getRGB(0, y, width, 1, row, 0, width);
      for (int x = 0; x < width; x++) {
        rgb[0] = (row[x] >> 16) & 0xFF;
        rgb[1] = (row[x] >> 8) & 0xFF;
        rgb[2] = row[x] & 0xFF;
        gray[y * width + x] = overWhite(luma(rgb, 0, 255), (row[x] >>> 24) / 255f);
      }
    }
    return gray;
  }

  /** Red, green and blue; gray where these are the same in every pixel. */
  static PlanarImage colours(BufferedImage image) {
    int pixels = image.getWidth() * image.getHeight();
    if (image.getColorModel().getNumColorComponents() == 1) {
      return of(image);
    }
    float[] rgb = new float[PlanarImage.COLOURS * pixels];
    boolean coloured =
        hasPlainSamples(image.getColorModel())
            ? coloursOfSamples(image, rgb)
            : coloursOfArgb(image, rgb);
    return coloured
        ? PlanarImage.of(new Canvas(image.getWidth(), image.getHeight()), rgb)
        : of(image);
  }

  private static boolean coloursOfSamples(BufferedImage image, float[] rgb) {
    ColorModel model = image.getColorModel();
    Raster raster = image.getRaster();
    int width = image.getWidth();
    int pixels = width * image.getHeight();
    int colours = model.getNumColorComponents();
    int bands = model.getNumComponents();
    int top = (1 << model.getComponentSize(0)) - 1;
    int[] row = new int[width * bands];
    boolean coloured = false;
    for (int y = 0; y < image.getHeight(); y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
      for (int x = 0; x < width; x++) {
        int at = x * bands;
        int[] three =
            colours == PlanarImage.COLOURS
                ? new int[] {row[at], row[at + 1], row[at + 2]}
                : light(row, at);
        float alpha = model.hasAlpha() ? (float) row[at + colours] / top : 1;
        coloured |= put(three, top, alpha, rgb, y * width + x, pixels);
      }
    }
    return coloured;
  }

  private static boolean coloursOfArgb(BufferedImage image, float[] rgb) {
    int width = image.getWidth();
    int pixels = width * image.getHeight();
    int[] row = new int[width];
    boolean coloured = false;
    for (int y = 0; y < image.getHeight(); y++) {
      image.getRGB(0, y, width, 1, row, 0, width);
      for (int x = 0; x < width; x++) {
        int[] three = {(row[x] >> 16) & 0xFF, (row[x] >> 8) & 0xFF, row[x] & 0xFF};
        float alpha = (row[x] >>> 24) / 255f;
        coloured |= put(three, 255, alpha, rgb, y * width + x, pixels);
      }
    }
    return coloured;
  }

  /** Writes a pixel into each plane; returns whether it has a colour. */
  private static boolean put(
      int[] three, int top, float alpha, float[] rgb, int pixel, int pixels) {
    for (int plane = 0; plane < three.length; plane++) {
      rgb[plane * pixels + pixel] = overWhite((float) three[plane] / top, alpha);
    }
    return three[0] != three[1] || three[1] != three[2];
  }

  private static float overWhite(float value, float alpha) {
    return alpha == 1 ? value : value * alpha + (1 - alpha);
  }
}
