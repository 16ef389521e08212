package org.whisker.feature.play;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Optional;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.whisker.feature.play.PlayModels.ModelChoice;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.image.Raster;
import org.whisker.image.Tones;
import org.whisker.job.InvalidRequestException;
import org.whisker.network.Window.Padding;

/**
 * A {@link PlayState} as text for a link or a command line: letters, digits, {@code -} and {@code
 * _} alone. Grays are kept as 255ths, like those of a PNG.
 */
public final class StateCode {
  private static final int VERSION = 1;
  private static final int MOST_SIDE = 2048;

  /** A text that is longer is none; a canvas of the largest side compresses to less. */
  public static final int MOST_TEXT = 1 << 23;

  private static final int LEVELS = 255;

  private StateCode() {}

  /** Writes a state. */
  public static String of(PlayState state) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(new DeflaterOutputStream(bytes))) {
      Canvas canvas = state.picture().canvas();
      out.writeByte(VERSION);
      out.writeShort(canvas.width());
      out.writeShort(canvas.height());
      out.writeByte(level(state.tones().background().gray()));
      out.writeByte(level(state.tones().ink().gray()));
      write(out, state.model());
      out.writeBoolean(state.beside().isPresent());
      if (state.beside().isPresent()) {
        write(out, state.beside().get());
      }
      out.write(Levels.of(state.picture()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
  }

  private static int level(float gray) {
    return Math.round(gray * LEVELS);
  }

  private static void write(DataOutputStream out, ModelChoice choice) throws IOException {
    out.writeUTF(choice.model());
    out.writeUTF(choice.padding().map(Padding::label).orElse(""));
  }

  /**
   * Reads a state.
   *
   * @throws InvalidRequestException for a text that is none
   */
  public static PlayState read(String text) {
    InvalidRequestException.refuse(
        text.length() > MOST_TEXT, "a state has at most " + MOST_TEXT + " characters");
    try (DataInputStream in =
        new DataInputStream(
            new InflaterInputStream(
                new ByteArrayInputStream(Base64.getUrlDecoder().decode(text))))) {
      return read(in);
    } catch (IOException | IllegalArgumentException e) {
      throw new InvalidRequestException(
          "the state is damaged or of another version; copy it again, whole");
    }
  }

  private static PlayState read(DataInputStream in) throws IOException {
    int version = in.readUnsignedByte();
    int width = in.readUnsignedShort();
    int height = in.readUnsignedShort();
    if (version != VERSION || width > MOST_SIDE || height > MOST_SIDE) {
      throw new IOException("version " + version + ", " + width + "x" + height);
    }
    Tones tones = new Tones(gray(in), gray(in));
    ModelChoice model = choice(in);
    Optional<ModelChoice> beside = in.readBoolean() ? Optional.of(choice(in)) : Optional.empty();
    Canvas canvas = new Canvas(width, height);
    byte[] levels = in.readNBytes(canvas.pixels());
    return new PlayState(Levels.picture(canvas, levels), tones, model, beside);
  }

  private static float gray(DataInputStream in) throws IOException {
    return in.readUnsignedByte() / (float) LEVELS;
  }

  private static ModelChoice choice(DataInputStream in) throws IOException {
    String model = in.readUTF();
    String padding = in.readUTF();
    return new ModelChoice(
        model, padding.isEmpty() ? Optional.empty() : Optional.of(Padding.parse(padding)));
  }

  /**
   * All that a page can be opened with again.
   *
   * @param picture what is painted, of any size; it is resized where a model takes another
   * @param tones the grays of the canvas and of the ink
   * @param model by which it is scored
   * @param beside a second model
   */
  public record PlayState(
      GrayImage picture, Tones tones, ModelChoice model, Optional<ModelChoice> beside) {}

  /** Pictures as bytes: one a pixel, row-major, 0 black to 255 white, as in a gray PNG. */
  public static final class Levels {
    private static final float WHITE = 255;

    private Levels() {}

    /**
     * The picture of these levels.
     *
     * @throws IllegalArgumentException when there is not one for each pixel
     */
    public static GrayImage picture(Canvas canvas, byte[] levels) {
      float[] values = new float[levels.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = Byte.toUnsignedInt(levels[i]) / WHITE;
      }
      return new GrayImage(canvas, values);
    }

    /** The levels of a picture, rounded. */
    public static byte[] of(Raster picture) {
      float[] values = picture.grayValues();
      byte[] levels = new byte[values.length];
      for (int i = 0; i < levels.length; i++) {
        levels[i] = (byte) Math.round(Math.min(1, Math.max(0, values[i])) * WHITE);
      }
      return levels;
    }
  }
}
